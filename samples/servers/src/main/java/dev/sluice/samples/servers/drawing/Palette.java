package dev.sluice.samples.servers.drawing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The colours that stand for all colours of a picture. A flag is flat, so nothing is dithered: the
 * colours are split, the widest group first, until there are as many groups as the palette has
 * room, and each group becomes its average.
 */
final class Palette {
  private final int[] colours;
  private final Map<Integer, Integer> indexOfColour;

  private Palette(int[] colours, Map<Integer, Integer> indexOfColour) {
    this.colours = colours;
    this.indexOfColour = indexOfColour;
  }

  static Palette of(int[] pixels, int room) {
    List<ColourGroup> groups = new ArrayList<>(split(ColourGroup.of(shades(pixels)), room));
    // A queue's inner order is nobody's promise, and two builds are to give the same bytes.
    groups.sort(Comparator.comparingInt(ColourGroup::average));
    Map<Integer, Integer> indexOfColour = new HashMap<>();
    for (int index = 0; index < groups.size(); index++) {
      for (ColourCount shade : groups.get(index).shades()) {
        indexOfColour.put(shade.rgb(), index);
      }
    }
    return new Palette(groups.stream().mapToInt(ColourGroup::average).toArray(), indexOfColour);
  }

  int[] colours() {
    return colours.clone();
  }

  /** For each pixel of the picture the place of its colour in {@link #colours()}. */
  byte[] indicesOf(int[] pixels) {
    byte[] indices = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      // Neighbours mostly share a colour, which spares the search.
      boolean asBefore = i > 0 && pixels[i] == pixels[i - 1];
      indices[i] = asBefore ? indices[i - 1] : indexOf(pixels[i]);
    }
    return indices;
  }

  private byte indexOf(int rgb) {
    Integer index = indexOfColour.get(rgb);
    if (index == null) {
      throw new IllegalArgumentException("not a colour of this picture: #%06x".formatted(rgb));
    }
    return index.byteValue();
  }

  private static List<ColourCount> shades(int[] pixels) {
    int[] sorted = pixels.clone();
    Arrays.sort(sorted);
    List<ColourCount> shades = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        shades.add(new ColourCount(sorted[start], i - start));
        start = i;
      }
    }
    return shades;
  }

  private static PriorityQueue<ColourGroup> split(ColourGroup all, int room) {
    PriorityQueue<ColourGroup> groups =
        new PriorityQueue<>(
            Comparator.comparingDouble(ColourGroup::spread)
                .reversed()
                .thenComparingInt(ColourGroup::average));
    groups.add(all);
    while (groups.size() < room && groups.element().spread() > 0) {
      groups.addAll(groups.remove().halves());
    }
    return groups;
  }
}
