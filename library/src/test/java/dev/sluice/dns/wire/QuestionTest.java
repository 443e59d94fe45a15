package dev.sluice.dns.wire;

import static dev.sluice.dns.wire.Packets.hex;
import static dev.sluice.dns.wire.Packets.reply;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Queries as bytes, and which responses belong to them. */
class QuestionTest {
  /** 'await.dev A IN', RFC 1035, section 4.1.2. */
  private static final String QUESTION = "05 6177616974 03 646576 00 0001 0001";

  static final byte[] QUERY =
      hex("1234 0100 0001 0000 0000 0001" + QUESTION + "00 0029 04D0 00 00 0000 0000");

  @Test
  void aQueryIsHeaderQuestionAndOpt() {
    byte[] question = Question.of("await.dev", AddressType.A);
    QueryWriter writer = new QueryWriter();
    ByteBuffer datagram = ByteBuffer.allocate(QueryWriter.MAX_QUERY);
    assertEquals(QUERY.length, writer.write(datagram, 0x1234, question, true, true));
    assertArrayEquals(QUERY, octets(datagram.flip()));
    assertArrayEquals(
        hex("001B 1234 0100 0001 0000 0000 0000" + QUESTION),
        octets(writer.segment(0x1234, question, false, true, null)));
  }

  @Test
  void onlyTheCaseOfLettersIsRandom() {
    byte[] plain = Question.of("a".repeat(60) + ".0-x_z.dev", AddressType.AAAA);
    byte[] mixed = plain.clone();
    Question.mixCase(mixed, 0x5555_5555_5555L, new RandomBits());
    assertFalse(Arrays.equals(plain, mixed));
    for (int i = 0; i < plain.length; i++) {
      assertTrue(
          plain[i] == mixed[i]
              || (plain[i] >= 'a' && plain[i] <= 'z' && plain[i] - 32 == mixed[i]));
    }
  }

  @Test
  void aNameThatDoesNotFitAMessageIsRefused() {
    for (String bad : List.of("a..b", ".a", "x".repeat(64), "a.".repeat(127) + "bc")) {
      assertThrows(IllegalArgumentException.class, () -> Question.of(bad, AddressType.A), bad);
    }
  }

  @Test
  void anAnswerRepeatsTheQuestionLetterByLetter() {
    byte[] question = Packets.question(QUERY);
    byte[] reply = reply(QUERY, 0);
    assertTrue(ResponseReader.answers(reply, reply.length, question));
    for (int i = 0; i < question.length; i++) {
      byte[] other = reply.clone();
      other[12 + i] ^= 0x20;
      assertFalse(ResponseReader.answers(other, other.length, question), "octet " + i);
    }
  }

  @Test
  void anAnswerInLowerCaseIsToldApart() {
    byte[] mixed = Packets.question(QUERY);
    mixed[1] ^= 0x20;
    byte[] reply = reply(QUERY, 0);
    assertFalse(ResponseReader.answers(reply, reply.length, mixed));
    assertTrue(ResponseReader.answersInLowerCase(reply, reply.length, mixed));
    reply[14] ^= 0x20;
    assertFalse(ResponseReader.answersInLowerCase(reply, reply.length, mixed));
  }

  @Test
  void aQueryOrAnotherOpcodeIsNoAnswer() {
    byte[] question = Packets.question(QUERY);
    for (int flags : new int[] {0x00, 0x88, 0xA0, 0x08}) {
      byte[] reply = reply(QUERY, 0);
      reply[2] = (byte) flags;
      assertFalse(ResponseReader.answers(reply, reply.length, question));
    }
  }

  @Test
  void randomBitsDoNotRepeat() {
    RandomBits random = new RandomBits();
    Set<Long> drawn = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      assertTrue(drawn.add(random.next()));
    }
  }

  private static byte[] octets(ByteBuffer buffer) {
    byte[] octets = new byte[buffer.remaining()];
    buffer.get(octets);
    return octets;
  }
}
