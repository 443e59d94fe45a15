package dev.sluice.netty;

import java.util.function.BooleanSupplier;

/** Takes no notice of what a body asks for. */
record NoConnection() implements ResponseBytes.Connection {
  @Override
  public void read(BooleanSupplier isOn) {}

  @Override
  public void end() {}

  @Override
  public void endSoon() {}
}
