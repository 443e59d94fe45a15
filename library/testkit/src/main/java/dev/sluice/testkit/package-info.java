/**
 * Contracts for what a pipeline is built on: extend one in your own tests, and JUnit runs it.
 *
 * <table class="striped">
 *   <caption>The contracts</caption>
 *   <tr><th>extend</th><th>for your own</th></tr>
 *   <tr><td>{@link dev.sluice.testkit.TransportContract}</td><td>{@code okhttp3.Call.Factory}, a
 *       transport for {@link dev.sluice.http.HttpOptions#withCalls}</td></tr>
 *   <tr><td>{@link dev.sluice.testkit.ResolverContract}</td><td>{@link
 *       dev.sluice.dns.Resolver}</td></tr>
 *   <tr><td>{@link dev.sluice.testkit.WorkContract}</td><td>{@link dev.sluice.Work}</td></tr>
 * </table>
 *
 * <p>The contracts open sockets on loopback only; a resolver and a work ask what they ask.
 */
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
