package dev.sluice.flags;

/** The name of a flag's file. */
public enum Naming {
  /** {@code BR.gif}: one request for a flag. */
  BY_CODE,
  /**
   * {@code Brazil.gif}, {@code Viet_Nam.gif}: a second request asks the server for the country's
   * name. A name that cannot be a file's name is a failure of that flag, and so is a name that
   * another flag of the same run has already, in upper or lower case.
   */
  BY_COUNTRY,
  /**
   * As {@link #BY_COUNTRY}, but flags of one name are numbered in the order of their writes: {@code
   * Brazil.gif}, {@code Brazil_2.gif}.
   */
  BY_COUNTRY_NUMBERED
}
