package dev.sluice.samples;

import java.io.PrintWriter;
import java.net.InetAddress;
import picocli.CommandLine.Option;

/** The options of a server command that say where it listens: {@code --port} and {@code --bind}. */
public final class ListenOptions {
  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Listen on this port; 0 takes any that is free. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = {"--bind", "--host"},
      paramLabel = "ADDR",
      defaultValue = "127.0.0.1",
      converter = Address.class,
      description =
          "Listen on this address of this machine; 0.0.0.0 stands for all of them, and then other"
              + " machines can connect. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private InetAddress address;

  /** Options with this default port. */
  public ListenOptions(int port) {
    this.port = port;
  }

  public int port() {
    return port;
  }

  public InetAddress address() {
    return address;
  }

  /** The end of the line that announces the server: a warning if other machines can connect. */
  public String announcementEnd() {
    String scope = address.isAnyLocalAddress() ? ", and to other machines" : "";
    return scope + " (Ctrl-C to stop)";
  }

  /**
   * Announces a server, and blocks until the server is closed or this thread is interrupted.
   *
   * @param announcement such as {@code Serving genres at http://127.0.0.1:8003}
   * @return the exit status of the command
   */
  public int serve(String announcement, Served server, PrintWriter out) {
    out.println(announcement + announcementEnd());
    out.flush();
    try {
      server.await();
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CtrlC.EXIT_STATUS;
    }
  }

  /** A server that is running. */
  @FunctionalInterface
  public interface Served {
    /** Blocks until the server is closed. */
    void await() throws InterruptedException;
  }

  static final class Port extends ParsedOption<Integer> {
    Port() {
      super(LocalAddress::parsePort);
    }
  }

  static final class Address extends ParsedOption<InetAddress> {
    Address() {
      super(text -> LocalAddress.parse(text, "0.0.0.0"));
    }
  }
}
