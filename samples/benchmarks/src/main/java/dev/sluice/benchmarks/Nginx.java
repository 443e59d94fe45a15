package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx on loopback, which serves a folder of flags or what else it is told. */
final class Nginx implements AutoCloseable {
  /** The scratch folder of large files. */
  static final String LARGE = "large";

  private static final String CONFIG =
      """
      daemon off;
      worker_processes 1;
      pid %1$s/pid;
      error_log %1$s/error.log;
      events {
        worker_connections 4096;
      }
      http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        sendfile on;
        tcp_nopush on;
        tcp_nodelay on;
        keepalive_timeout 75s;
        keepalive_requests 1000000000;
        types {
          image/gif gif;
        }
        server {
      %2$s
        }
      }
      """;

  private final ServerProcess daemon;
  private final int port;
  private final Optional<TlsServer> tls;

  private Nginx(ServerProcess daemon, int port, Optional<TlsServer> tls) {
    this.daemon = daemon;
    this.port = port;
    this.tls = tls;
  }

  static Optional<Path> installed() {
    return InstalledPrograms.find("nginx");
  }

  static Nginx over(FlagFolder flags, ScratchFolder scratch)
      throws IOException, InterruptedException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ServerProcess.freePort());
    Optional<TlsServer> tls = TlsServer.withNewKey(scratch);
    String server = server(flags, scratch.file(LARGE), address.getPort(), tls);
    return start(scratch, address, server, tls);
  }

  /**
   * nginx with a server of the caller's.
   *
   * @param address one that it listens at
   * @param server the directives of the server
   */
  static Nginx serving(ScratchFolder scratch, InetSocketAddress address, String server)
      throws IOException, InterruptedException {
    return start(scratch, address, server, Optional.empty());
  }

  private static Nginx start(
      ScratchFolder scratch, InetSocketAddress address, String server, Optional<TlsServer> tls)
      throws IOException, InterruptedException {
    Path home = scratch.emptyFolder("nginx");
    Path config = Files.writeString(home.resolve("nginx.conf"), CONFIG.formatted(home, server));
    String program = installed().orElseThrow().toString();
    ServerProcess daemon =
        ServerProcess.start(home, List.of(program, "-p", home.toString(), "-c", config.toString()));
    daemon.await(() -> answers(address));
    return new Nginx(daemon, address.getPort(), tls);
  }

  private static String server(FlagFolder flags, Path large, int port, Optional<TlsServer> tls) {
    return """
        listen 127.0.0.1:%1$d backlog=4096;
        %2$s
        location /flags/ {
          alias %3$s/;
        }
        location /large/ {
          alias %4$s/;
        }
        # As /large/, with a bound for each connection.
        location /slow/ {
          alias %4$s/;
          limit_rate 8m;
        }
        # One flag for every key: more keys than there is room for files.
        location /same/ {
          root %3$s;
          try_files /%5$s/%5$s.gif =404;
        }
        """
        .formatted(
            port, tls.map(TlsServer::nginx).orElse(""), flags.root(), large, flags.keys().get(0));
  }

  private static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Each key has a file of its own. */
  String flags() {
    return "http://127.0.0.1:" + port + "/flags";
  }

  /** All keys have the same file. */
  String sameFlag() {
    return "http://127.0.0.1:" + port + "/same";
  }

  /** The files of the scratch folder {@link #LARGE}. */
  String large() {
    return "http://127.0.0.1:" + port + "/" + LARGE;
  }

  /** The same files, 8 MiB a second for each connection. */
  String slow() {
    return "http://127.0.0.1:" + port + "/slow";
  }

  /** The same over TLS; empty without openssl, which makes the key. */
  Optional<TlsServer> tls() {
    return tls;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
