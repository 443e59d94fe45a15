package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import java.util.List;

/**
 * The verdicts of a kind of lookup, and the fields that each format shows beside them.
 *
 * @param <T> the value of a success
 */
interface ResultFields<T> {
  /** The possible verdicts. */
  List<ProbeVerdict> verdicts();

  ProbeVerdict verdict(Outcome<String, T> outcome);

  /** The names of the CSV columns. */
  List<String> columns();

  /** Appends the fields to a line for people, starting with a blank. */
  void text(StringBuilder to, T value);

  /** Appends the CSV columns, with commas between them. */
  void csv(StringBuilder to, T value);

  /** Appends the members of the JSON object, with a comma before each. */
  void json(StringBuilder to, T value);
}
