package dev.sluice.samples.ledger;

import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a database complains about, in words for people. */
final class DatabaseErrors {
  private static final int H2_RELATIVE_PATH = 90011;
  private static final int H2_IN_USE = 90020;
  private static final int H2_NOT_THERE = 90146;
  private static final int H2_NO_TABLE = 42102;
  private static final String POSTGRESQL_NO_TABLE = "42P01";
  private static final String POSTGRESQL_DISK_FULL = "53100";
  private static final String NO_LEDGER = "no ledger here: 'ledger record' makes one";

  /** The code with which H2 ends a message, and the statement that may follow. */
  private static final Pattern H2_TAIL =
      Pattern.compile("(; SQL statement:.*)?\\s*\\[\\d+-\\d+].*", Pattern.DOTALL);

  private DatabaseErrors() {}

  /** A bug stays what it is. */
  static Throwable about(DatabaseUrl place, Throwable e) {
    return e instanceof R2dbcException r2dbc ? new IOException(place + ": " + words(r2dbc), e) : e;
  }

  private static String words(R2dbcException e) {
    if (isDiskFull(e)) {
      return "no space left on the device";
    }
    return switch (e.getErrorCode()) {
      case H2_RELATIVE_PATH -> "spell a relative path as r2dbc:h2:file:///./PATH";
      case H2_IN_USE -> "in use by another process";
      case H2_NOT_THERE, H2_NO_TABLE -> NO_LEDGER;
      default -> byState(e, String.valueOf(e.getSqlState()));
    };
  }

  private static String byState(R2dbcException e, String state) {
    if (state.startsWith("28")) {
      return "the user or the password is wrong";
    }
    return state.equals(POSTGRESQL_NO_TABLE) ? NO_LEDGER : message(e);
  }

  private static boolean isDiskFull(R2dbcException e) {
    if (POSTGRESQL_DISK_FULL.equals(e.getSqlState())) {
      return true;
    }
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("no space left")) {
        return true;
      }
    }
    return false;
  }

  private static String message(R2dbcException e) {
    String own = H2_TAIL.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    return e.getCause() instanceof IOException cause && cause.getMessage() != null
        ? own + ": " + cause.getMessage()
        : own;
  }
}
