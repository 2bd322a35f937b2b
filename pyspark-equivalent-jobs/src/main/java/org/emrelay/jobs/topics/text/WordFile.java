package org.emrelay.jobs.topics.text;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.emrelay.tables.TextFile;

/**
 * Reads a file of words or phrases, one per line.
 *
 * <p>A line that consists of {@code #}, or starts with {@code #} and a space, is a comment. Without the space, it is a hashtag.
 */
public final class WordFile {
    private WordFile() {}

    public static List<String> read(SparkSession session, String flag, String uri) {
        return parse(TextFile.read(session, flag, uri));
    }

    static List<String> parse(String text) {
        return text.lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty() && !line.matches("#+(\\s.*)?"))
                .distinct()
                .toList();
    }
}
