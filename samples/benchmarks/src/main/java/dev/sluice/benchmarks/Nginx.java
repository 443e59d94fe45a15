package dev.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** nginx on a free loopback port, which serves one folder. */
final class Nginx implements AutoCloseable {
  /** The scratch folder of large files. */
  static final String LARGE = "large";

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
    Path home = scratch.emptyFolder("nginx");
    int port = ServerProcess.freePort();
    Optional<TlsServer> tls = TlsServer.withNewKey(scratch);
    Path config =
        Files.writeString(
            home.resolve("nginx.conf"), config(flags, home, scratch.file(LARGE), port, tls));
    String program = installed().orElseThrow().toString();
    ServerProcess daemon =
        ServerProcess.start(home, List.of(program, "-p", home.toString(), "-c", config.toString()));
    daemon.await(() -> answers(port));
    return new Nginx(daemon, port, tls);
  }

  private static String config(
      FlagFolder flags, Path home, Path large, int port, Optional<TlsServer> tls) {
    return """
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
            listen 127.0.0.1:%3$d backlog=4096;
            %6$s
            location /flags/ {
              alias %2$s/;
            }
            location /large/ {
              alias %5$s/;
            }
            # One flag for every key: more keys than there is room for files.
            location /same/ {
              root %2$s;
              try_files /%4$s/%4$s.gif =404;
            }
          }
        }
        """
        .formatted(
            home,
            flags.root(),
            port,
            flags.keys().get(0),
            large,
            tls.map(TlsServer::nginx).orElse(""));
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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

  /** The same over TLS; empty without openssl, which makes the key. */
  Optional<TlsServer> tls() {
    return tls;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
