package dev.sluice.samples.servers.drawing;

/** A colour and its number of pixels. */
record ColourCount(int rgb, int count) {
  /** The red, green or blue value for channel 0, 1 or 2. */
  int channel(int channel) {
    return (rgb >> (16 - 8 * channel)) & 0xff;
  }
}
