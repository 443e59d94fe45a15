package dev.sluice.samples.ledger;

import io.r2dbc.spi.Statement;
import java.util.List;

/**
 * A statement and what is bound to it. No value ever becomes part of the text.
 *
 * @param text with $1, $2 and so on in the place of values
 * @param values what these stand for
 */
record Sql(String text, List<Object> values) {
  static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  void bindTo(Statement statement) {
    for (int i = 0; i < values.size(); i++) {
      statement.bind(i, values.get(i));
    }
  }
}
