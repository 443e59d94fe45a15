package dev.sluice.samples.domains;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sluice.samples.Main;
import dev.sluice.samples.servers.dns.DnsServer;
import dev.sluice.samples.servers.dns.DnsServerSettings;
import dev.sluice.samples.servers.dns.Zones;
import dev.sluice.samples.testing.JavaProcess;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Standard input, signals and closed pipes, which need a JVM of their own. */
@Timeout(60)
class ProbeProcessTest {
  @SuppressWarnings("NullAway.Init")
  private DnsServer server;

  @BeforeEach
  void start() throws IOException {
    server = DnsServer.start(DnsServerSettings.onLoopback(Zones.ofNames(List.of("a.dev"))));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersALineBeforeTheNextOneIsTyped() throws Exception {
    Process java = probe();
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      in.write("a.dev\n");
      in.flush();
      assertTrue(String.valueOf(out.readLine()).startsWith("+ a.dev 10."));
      in.write("b.dev\nbücher.dev");
      in.flush();
      java.getOutputStream().close();
      List<String> rest = out.lines().sorted().toList();
      assertEquals("  b.dev", rest.get(0));
      assertTrue(
          rest.get(2).startsWith("3 done: 1 found, 0 no address, 2 not found"), rest::toString);
    }
    assertEquals(0, java.waitFor());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "kills where others ask")
  void stopsWithASummaryAfterSigterm() throws Exception {
    Process java = probe();
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8);
        BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      in.write("a.dev\n");
      in.flush();
      assertTrue(String.valueOf(out.readLine()).startsWith("+ a.dev 10."));
      // SIGTERM and not SIGINT, which a build in the background of a shell ignores.
      java.toHandle().destroy();
      List<String> rest = out.lines().toList();
      assertEquals(1, rest.size(), rest::toString);
      assertTrue(rest.get(0).matches("1 done: 1 found, .*, interrupted"), rest::toString);
    }
    assertEquals(128 + 15, java.waitFor());
  }

  @Test
  void stopsWhenThePipeIsClosed() throws Exception {
    Process java = probe();
    java.getInputStream().close();
    // The input is endless, so it must end while there is more.
    assertTrue(endedWhileFed(java));
    assertEquals(0, java.exitValue());
  }

  @Test
  void writesUtf8WhateverTheLocaleIs() throws Exception {
    Process java =
        JavaProcess.start(
            "-Dfile.encoding=US-ASCII",
            "-Dstdout.encoding=US-ASCII",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Xshare:auto",
            Main.class.getName(),
            "probe",
            "-r",
            server.hostAndPort(),
            "--format",
            "ndjson",
            "-");
    try (BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      in.write("bücher.dev\n");
    }
    try (BufferedReader out = java.inputReader(StandardCharsets.UTF_8)) {
      String all = String.join("\n", out.lines().toList());
      assertTrue(all.contains("bücher.dev"), all);
      assertTrue(all.chars().noneMatch(c -> c >= 0x0660 && c <= 0x0669), all);
    }
    assertEquals(0, java.waitFor());
  }

  private static boolean endedWhileFed(Process java) throws InterruptedException {
    try (BufferedWriter in = java.outputWriter(StandardCharsets.UTF_8)) {
      while (java.isAlive()) {
        in.write("a.dev\n");
      }
    } catch (IOException e) {
      return java.waitFor(20, SECONDS);
    }
    return true;
  }

  private Process probe() throws IOException {
    return JavaProcess.start(
        "-Dfile.encoding=UTF-8",
        "-Xshare:auto",
        Main.class.getName(),
        "probe",
        "-r",
        server.hostAndPort(),
        "-");
  }
}
