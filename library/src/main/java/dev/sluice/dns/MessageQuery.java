package dev.sluice.dns;

/** A query as a key of a pipeline: the name is for messages. */
final class MessageQuery {
  private final DomainName name;
  private final byte[] bytes;

  MessageQuery(DomainName name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** The query as it is sent. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name.value();
  }
}
