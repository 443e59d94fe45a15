package dev.sluice.samples.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.r2dbc.spi.Connection;
import java.util.List;

/**
 * Texts that are bound as one array. The statement must cast them: {@code CAST($1 AS VARCHAR
 * ARRAY)}.
 */
record TextArray(List<String> values) {
  private static final String H2 = "H2";

  /**
   * The array for the driver of this connection. The driver of H2 makes a large object of each
   * string, which costs more than storing it, so it gets bytes, which the cast makes text.
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
