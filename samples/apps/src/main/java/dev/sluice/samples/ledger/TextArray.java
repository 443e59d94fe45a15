package dev.sluice.samples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.r2dbc.spi.Connection;
import java.util.List;

/**
 * Texts that are bound as one array. The statement has to say what they are: {@code CAST($1 AS
 * VARCHAR ARRAY)}.
 */
record TextArray(List<String> values) {
  private static final String H2 = "H2";

  /**
   * What the driver of this connection makes texts of. That of H2 would make a large object of each
   * string, which costs more than to store it; bytes become texts by the cast.
   */
  Object[] boundTo(Connection connection) {
    return H2.equals(connection.getMetadata().getDatabaseProductName())
        ? bytes()
        : values.toArray(String[]::new);
  }

  private byte[][] bytes() {
    byte[][] bytes = new byte[values.size()][];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = values.get(i).getBytes(UTF_8);
    }
    return bytes;
  }
}
