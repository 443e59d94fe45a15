package dev.sluice.samples.servers.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaletteTest {
  @Test
  void keepsColoursThatHaveRoom() {
    int[] pixels = {0xff0000, 0x00ff00, 0xff0000, 0x0000ff};
    Palette palette = Palette.of(pixels, 4);
    assertArrayEquals(new int[] {0x0000ff, 0x00ff00, 0xff0000}, palette.colours());
    assertArrayEquals(new byte[] {2, 1, 2, 0}, palette.indicesOf(pixels));
  }

  @Test
  void mergesThoseThatAreClosestWhenThereIsNoRoom() {
    int[] pixels = {0xff0000, 0xfd0000, 0x0000ff};
    assertArrayEquals(new int[] {0x0000ff, 0xfe0000}, Palette.of(pixels, 2).colours());
  }

  @Test
  void leavesAColourOfManyPixelsNearlyAlone() {
    int[] pixels = IntStream.range(0, 10_000).map(i -> i < 9_990 ? 0xff0000 : i % 10).toArray();
    assertEquals(0xff0000, Palette.of(pixels, 2).colours()[1]);
  }

  @Test
  void hasOneColourForOne() {
    assertArrayEquals(new int[] {0x123456}, Palette.of(new int[] {0x123456}, 128).colours());
  }

  @Test
  void knowsOnlyTheColoursOfItsPicture() {
    Palette palette = Palette.of(new int[] {1}, 2);
    assertThrows(IllegalArgumentException.class, () -> palette.indicesOf(new int[] {2}));
  }
}
