package dev.sluice.dns.engine;

import dev.sluice.dns.wire.MalformedMessageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query for the records of one type, which its caller reads from the response. */
public abstract class RecordQuery extends Query {
  private final String typeName;
  private final @Nullable InetSocketAddress onlyServer;

  /**
   * A query.
   *
   * @param question the question section
   * @param typeName the type asked for, for messages
   * @param onlyServer the only server to ask, without recursion; null for the engine's servers
   */
  protected RecordQuery(byte[] question, String typeName, @Nullable InetSocketAddress onlyServer) {
    super(question);
    this.typeName = typeName;
    this.onlyServer = onlyServer;
  }

  @Override
  protected final boolean isRecursive() {
    return onlyServer == null;
  }

  @Override
  protected final @Nullable InetSocketAddress onlyServer() {
    return onlyServer;
  }

  final String typeName() {
    return typeName;
  }

  /**
   * Reads the records of a response whose RCODE is NOERROR or NXDOMAIN.
   *
   * @param message the message, in an array that is used again
   * @param length of the message
   * @param server the server that sent it
   * @throws MalformedMessageException the response breaks the rules, and another try is made
   */
  protected abstract void read(byte[] message, int length, InetSocketAddress server)
      throws MalformedMessageException;

  /** What was {@linkplain #read read} is the result. */
  protected abstract void onRecords();

  @Override
  protected final void onAddresses(List<InetAddress> addresses) {
    throw new IllegalStateException("addresses for a query of records");
  }

  @Override
  protected final void onNoName() {
    throw new IllegalStateException("a denial for a query of records");
  }
}
