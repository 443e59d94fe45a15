package dev.sluice.dns.engine;

import java.net.InetAddress;
import java.util.List;

/** A question of the engine to the trusted servers. */
final class TrustedQuestion extends Query {
  private final Runnable whenDenied;

  /**
   * A question.
   *
   * @param whenDenied runs if the name does not exist
   */
  TrustedQuestion(byte[] question, Runnable whenDenied) {
    super(question);
    this.whenDenied = whenDenied;
    asksTrusted = true;
  }

  @Override
  protected boolean isDisposed() {
    return false;
  }

  @Override
  protected void onAddresses(List<InetAddress> addresses) {}

  @Override
  protected void onNoName() {
    whenDenied.run();
  }

  @Override
  protected void onFailure(QueryFailure failure) {}

  @Override
  protected void onClosed() {}
}
