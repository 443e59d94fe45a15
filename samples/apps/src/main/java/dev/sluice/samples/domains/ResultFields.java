package dev.sluice.samples.domains;

import dev.sluice.Outcome;
import java.util.List;

/**
 * What a name server, or a registry, tells of a name: the verdicts there can be, and what is shown
 * beside them.
 *
 * @param <T> what a success holds
 */
interface ResultFields<T> {
  /** All that there can be. */
  List<Verdict> verdicts();

  Verdict verdict(Outcome<String, T> outcome);

  /** The fields of CSV, in their order. */
  List<String> columns();

  /** The rest of a line for people, the blank before it included. */
  void text(StringBuilder to, T value);

  /** The fields, a comma between two. */
  void csv(StringBuilder to, T value);

  /** The members of the object, a comma before each. */
  void json(StringBuilder to, T value);
}
