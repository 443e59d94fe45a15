package dev.sluice;

import java.util.Set;

/** One kind of thing that a test can leave behind. */
interface Leakable {
  /** Everything of this kind that exists now; equal elements of two calls are the same thing. */
  Set<?> held();

  /** Names one element of {@link #held()} for the message of a failed test. */
  String describe(Object held);
}
