package dev.sluice.samples.cluster;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.BlockSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Splits files between the subtasks, also where the file system has no blocks: a local or shared
 * disk, an object store. Compressed files are not split.
 */
final class FileRanges extends BlockSplittingRecursiveEnumerator {
  private static final long MAX_BYTES = 64 << 20;

  private long rangeBytes = MAX_BYTES;

  @Override
  public Collection<FileSourceSplit> enumerateSplits(Path[] paths, int minDesiredSplits)
      throws IOException {
    long total = 0;
    for (Path path : paths) {
      total += bytes(path.getFileSystem().getFileStatus(path), path.getFileSystem());
    }
    rangeBytes = Math.min(MAX_BYTES, total / minDesiredSplits + 1);
    return super.enumerateSplits(paths, minDesiredSplits);
  }

  private static long bytes(FileStatus file, FileSystem fileSystem) throws IOException {
    if (!file.isDir()) {
      return file.getLen();
    }
    long total = 0;
    for (FileStatus each : fileSystem.listStatus(file.getPath())) {
      total += bytes(each, fileSystem);
    }
    return total;
  }

  @Override
  protected void convertToSourceSplits(
      FileStatus file, FileSystem fileSystem, List<FileSourceSplit> target) throws IOException {
    if (!isFileSplittable(file.getPath())) {
      super.convertToSourceSplits(file, fileSystem, target);
      return;
    }
    for (long offset = 0; offset < file.getLen(); offset += rangeBytes) {
      target.add(
          new FileSourceSplit(
              getNextId(),
              file.getPath(),
              offset,
              Math.min(rangeBytes, file.getLen() - offset),
              file.getModificationTime(),
              file.getLen()));
    }
  }
}
