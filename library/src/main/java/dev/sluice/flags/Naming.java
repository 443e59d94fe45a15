package dev.sluice.flags;

/** The name of a flag's file. */
public enum Naming {
  /** {@code BR.gif}: one request for a flag. */
  BY_CODE,
  /**
   * {@code Brazil.gif}, {@code Viet_Nam.gif}: a second request asks the server for the country's
   * name. A name that cannot be a file's name is a failure of that flag.
   */
  BY_COUNTRY
}
