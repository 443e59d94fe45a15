/**
 * Internal: queries in flight. The package is public for {@code dev.sluice.dns} alone and may
 * change at any time.
 *
 * <p>The way of a query: {@link dev.sluice.dns.engine.Engine#submit}, the event loop, a port of the
 * chosen server, the datagram. The way back: the event loop, the port's query with the id of the
 * datagram, the classifier's verdict, the query's result. Only the engine knows the other classes;
 * they return what happened or leave queries in {@code QueryQueues}.
 */
@NullMarked
package dev.sluice.dns.engine;

import org.jspecify.annotations.NullMarked;
