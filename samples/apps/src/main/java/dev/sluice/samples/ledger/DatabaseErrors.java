package dev.sluice.samples.ledger;

import dev.sluice.samples.ErrorText;
import dev.sluice.samples.NetworkErrorText;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/** Says in words for people why a database failed. */
final class DatabaseErrors {
  private static final int H2_RELATIVE_PATH = 90011;
  private static final int H2_IN_USE = 90020;
  private static final int H2_NOT_THERE = 90146;
  private static final int H2_NO_TABLE = 42102;
  private static final String POSTGRESQL_NO_TABLE = "42P01";
  private static final String POSTGRESQL_DISK_FULL = "53100";
  private static final String NO_LEDGER = "there is no ledger: 'ledger record' makes one";

  /** The end of a message of H2: the statement, if there is one, and the error code. */
  private static final Pattern H2_TAIL =
      Pattern.compile("(; SQL statement:.*)?\\s*\\[\\d+-\\d+].*", Pattern.DOTALL);

  private DatabaseErrors() {}

  /** An {@code IOException} for an error of the database; any other error is returned as it is. */
  static Throwable about(DatabaseUrl url, Throwable e) {
    return e instanceof R2dbcException r2dbc
        ? new IOException(url + ": " + words(r2dbc, url), e)
        : e;
  }

  private static String words(R2dbcException e, DatabaseUrl url) {
    if (isDiskFull(e)) {
      return ErrorText.DISK_FULL;
    }
    return switch (e.getErrorCode()) {
      case H2_RELATIVE_PATH ->
          "a relative path is written r2dbc:h2:file:///./PATH, an absolute one with four slashes";
      case H2_IN_USE -> "in use by another process";
      case H2_NOT_THERE, H2_NO_TABLE -> NO_LEDGER;
      default ->
          NetworkErrorText.of(e, url.hostAndPort())
              .orElseGet(() -> byState(e, String.valueOf(e.getSqlState())));
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
      if (ErrorText.isDiskFull(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  private static String message(R2dbcException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileSystemException file) {
        return ErrorText.of(file);
      }
    }
    String own = H2_TAIL.matcher(String.valueOf(e.getMessage())).replaceFirst("");
    return e.getCause() instanceof IOException cause && cause.getMessage() != null
        ? own + ": " + cause.getMessage()
        : own;
  }
}
