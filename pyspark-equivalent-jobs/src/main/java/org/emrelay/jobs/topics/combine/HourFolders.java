package org.emrelay.jobs.topics.combine;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the hour folders that a run wrote. */
final class HourFolders {
    private static final String PARQUET = ".parquet";

    private HourFolders() {}

    /** Returns the total size of the Parquet files in each folder, by the folder's URI. */
    static Map<String, Long> sizes(Path directory, Configuration configuration) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        RemoteIterator<LocatedFileStatus> files =
                directory.getFileSystem(configuration).listFiles(directory, true);
        while (files.hasNext()) {
            LocatedFileStatus file = files.next();
            Path path = file.getPath();
            if (path.getName().endsWith(PARQUET) && !path.getName().startsWith(".")) {
                sizes.merge(Objects.requireNonNull(path.getParent()).toString(), file.getLen(), Long::sum);
            }
        }
        return sizes;
    }
}
