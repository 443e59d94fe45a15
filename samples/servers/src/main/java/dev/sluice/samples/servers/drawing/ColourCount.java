package dev.sluice.samples.servers.drawing;

/** A colour, and how many pixels of the picture have it. */
record ColourCount(int rgb, int count) {
  /** Red, green or blue, for channel 0, 1 or 2. */
  int channel(int channel) {
    return (rgb >> (16 - 8 * channel)) & 0xff;
  }
}
