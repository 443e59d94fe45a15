/**
 * A record of every outcome of a pipeline, as lines of JSON: progress, report, and input of the
 * next run.
 *
 * <p>{@link dev.sluice.Pipeline#journalled} appends a line to a {@link dev.sluice.journal.Journal}
 * for every outcome. A {@link dev.sluice.journal.JournalIndex} says which keys are done, and which
 * are worth another attempt. {@code Journal.read} streams the entries.
 *
 * <h2>Lines, version 1</h2>
 *
 * <p>A journal is UTF-8 text (NDJSON): each line is one JSON object and ends with a line feed. A
 * last line without a line feed is torn and does not count. If a key comes several times, its last
 * outcome counts. A reader skips fields that it does not know, and refuses a line of another
 * version.
 *
 * <table class="striped">
 *   <caption>Fields of a line</caption>
 *   <tr><th>field</th><th>type</th><th>meaning</th></tr>
 *   <tr><td>{@code v}</td><td>number</td><td>the version: 1; the first field</td></tr>
 *   <tr><td>{@code key}</td><td>text</td><td>what was asked for</td></tr>
 *   <tr><td>{@code verdict}</td><td>text</td><td>{@code success}, {@code unchanged} (the value of
 *       an earlier run is still right), {@code not-found} or {@code failure}</td></tr>
 *   <tr><td>{@code attempts}</td><td>number</td><td>how many attempts were made</td></tr>
 *   <tr><td>{@code status}</td><td>number</td><td>the HTTP status of the last response</td></tr>
 *   <tr><td>{@code rcode}</td><td>text</td><td>what a name server said</td></tr>
 *   <tr><td>{@code bytes}</td><td>number</td><td>the length of the value, or what was
 *       received</td></tr>
 *   <tr><td>{@code digest}</td><td>text</td><td>{@code ALGORITHM=HEX} of the value</td></tr>
 *   <tr><td>{@code file}</td><td>text</td><td>the file that has the value</td></tr>
 *   <tr><td>{@code lane}</td><td>text</td><td>what was asked: a host and port, a
 *       registry</td></tr>
 *   <tr><td>{@code permits}</td><td>number</td><td>how many permits there were in all where the key
 *       waited longest for one</td></tr>
 *   <tr><td>{@code start}</td><td>text</td><td>when the key was asked for: RFC 3339, in UTC</td></tr>
 *   <tr><td>{@code micros}</td><td>object</td><td>{@code total}, from the start to the outcome, and
 *       what it went into: {@code permit}, {@code lane}, {@code rate}, {@code pause}, {@code
 *       backoff}, {@code dns}, {@code connect}, {@code firstByte}, {@code body}, {@code attempt},
 *       {@code disk}; in microseconds, summed over all attempts, see {@link
 *       dev.sluice.Phase}</td></tr>
 *   <tr><td>{@code error}</td><td>object</td><td>of a failure: {@code kind} (the class of the
 *       exception), {@code message}, {@code retryable} (whether the same request may succeed
 *       later)</td></tr>
 * </table>
 *
 * <p>{@code v}, {@code key} and {@code verdict} are always there; any other field is absent when
 * its value is not known. Numbers are whole and 0 or more, and times are at most a year: a reader
 * refuses a line with others.
 */
@NullMarked
package dev.sluice.journal;

import org.jspecify.annotations.NullMarked;
