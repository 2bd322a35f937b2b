package org.emrelay.runner.platform;

import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.emrelay.runner.model.Sha256;

/**
 * Everything at an output's URI, whether Spark reads it or not, except the marker.
 *
 * @param names of the first files, for messages
 * @param digest a hash of all names and versions
 * @param marker the text of the marker; empty for none
 */
public record OutputContents(long files, List<String> names, String digest, String marker) {
    private static final int NAMES = 3;

    public OutputContents {
        names = List.copyOf(names);
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(marker, "marker");
    }

    /**
     * Summarizes the files of an output.
     *
     * @param versions what changes with a file's content, by the path below the output
     */
    public static OutputContents of(SortedMap<String, String> versions, String marker) {
        Sha256 digest = new Sha256();
        versions.forEach((name, version) -> digest.add(name + "\0" + version + "\n"));
        return new OutputContents(
                versions.size(), versions.keySet().stream().limit(NAMES).toList(), digest.hex(32), marker);
    }

    public boolean isEmpty() {
        return files == 0;
    }
}
