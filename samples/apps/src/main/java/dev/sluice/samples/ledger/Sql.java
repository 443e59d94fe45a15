package dev.sluice.samples.ledger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Statement;
import java.util.List;

/**
 * A statement and the values bound to it. No value ever becomes part of the text.
 *
 * @param text with $1, $2 and so on in the place of values
 * @param values the value of $1, that of $2 and so on
 */
record Sql(String text, List<Object> values) {
  static Sql of(String text, Object... values) {
    return new Sql(text, List.of(values));
  }

  Statement on(Connection connection) {
    Statement statement = connection.createStatement(text);
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      statement.bind(i, value instanceof TextArray texts ? texts.boundTo(connection) : value);
    }
    return statement;
  }
}
