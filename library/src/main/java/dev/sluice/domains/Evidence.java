package dev.sluice.domains;

import static java.util.Objects.requireNonNull;

import dev.sluice.TerminalText;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What one source said of a name, and when.
 *
 * @param source the kind of the source
 * @param server what was asked: a name server, a registry's server, a file
 * @param question what was asked for, such as {@code await.dev NS}
 * @param finding what the answer means
 * @param answer what came, in a few words: {@code NXDOMAIN}, {@code 404 Not Found}
 * @param when the time of the answer
 */
public record Evidence(
    Source source, String server, String question, Finding finding, String answer, Instant when) {

  /** The kinds of sources. */
  public enum Source {
    /** A resolver, which may answer from its cache, and may filter. */
    RESOLVER,
    /** A name server of the zone above the name. */
    PARENT,
    /** A list of reserved or premium names. */
    LIST,
    /** The server of the registry. */
    REGISTRY,
    /** Any other source. */
    OTHER
  }

  /**
   * Checks for null, and makes the texts safe for a terminal.
   *
   * @param source the kind of the source
   * @param server what was asked
   * @param question what was asked for
   * @param finding what the answer means
   * @param answer what came
   * @param when the time of the answer
   */
  public Evidence {
    requireNonNull(source, "source");
    server = TerminalText.escaped(server);
    question = TerminalText.escaped(question);
    requireNonNull(finding, "finding");
    answer = TerminalText.line(answer);
    requireNonNull(when, "when");
  }

  /**
   * {@return evidence of this moment}
   *
   * @param source the kind of the source
   * @param server what was asked
   * @param question what was asked for
   * @param finding what the answer means
   * @param answer what came
   */
  public static Evidence now(
      Source source, String server, String question, Finding finding, String answer) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Evidence(source, server, question, finding, answer, now);
  }

  /** {@return a line: {@code 192.0.2.1:53, await.dev NS: NXDOMAIN (no such name)}} */
  @Override
  public String toString() {
    return server + ", " + question + ": " + answer + " (" + finding.words() + ")";
  }
}
