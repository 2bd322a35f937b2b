package org.emrelay.jobs.topics.combine;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.emrelay.tables.Suggestion;
import org.emrelay.tables.UserFault;
import org.jspecify.annotations.Nullable;

/** Checks the user's columns against the first records of a few files. */
final class ColumnCheck {
    private static final int FILES = 3;
    private static final int LINES = 1_000;
    private static final int NAMES_SHOWN = 40;
    /** Fields that only a few posts may have. */
    private static final List<String> OPTIONAL = List.of(PostColumns.LANG_FLAG, PostColumns.REPOST_FLAG);

    private final PostInput input;
    private final Configuration configuration;
    private final Map<String, String> missing;
    private final Set<String> names = new LinkedHashSet<>();
    private final List<String> firstRecord = new ArrayList<>();
    private boolean hasKnownLayout;

    private ColumnCheck(PostInput input, Configuration configuration) {
        this.input = input;
        this.configuration = configuration;
        this.missing = new LinkedHashMap<>(input.columns().named());
    }

    /** Requires each column in at least one of the files: their layouts may differ. */
    static void require(String flag, PostFiles files, PostInput input, Configuration configuration) {
        ColumnCheck check = new ColumnCheck(input, configuration);
        for (PostFile file : sample(files.files())) {
            check.add(file);
        }
        check.require(flag, files.source());
    }

    /** Returns the first file, the last one and one in between. */
    private static List<PostFile> sample(List<PostFile> files) {
        List<PostFile> filled = files.stream().filter(file -> file.bytes() > 0).toList();
        Set<PostFile> chosen = new LinkedHashSet<>();
        for (int index = 0; index < FILES && !filled.isEmpty(); index++) {
            chosen.add(filled.get(index * (filled.size() - 1) / (FILES - 1)));
        }
        return List.copyOf(chosen);
    }

    private void add(PostFile file) {
        PostSplit whole = new PostSplit(0, file.path(), 0, Long.MAX_VALUE);
        try (LineReader lines = PostInput.lines(whole, configuration)) {
            String first = lines == null ? null : lines.next();
            if (lines == null || first == null) {
                return;
            }
            PostFormat format = PostFormat.of(input.format()).orElse(PostFormat.detect(first));
            if (format == PostFormat.JSON) {
                addJson(first, lines);
            } else {
                addDelimited(new DelimitedRecords(lines, first, format.delimiter(first)).next());
            }
        } catch (IOException failed) {
            if (!PostInput.isDamage(failed)) {
                throw new UncheckedIOException("reading " + file.path() + " failed", failed);
            }
            // A damaged file is counted later, when all files are read.
        }
    }

    private void addJson(String first, LineReader lines) throws IOException {
        // Missing fields are counted later, line by line.
        hasKnownLayout = true;
        String line = first;
        for (int count = 0; count < LINES && line != null; count++) {
            JsonNode record = JsonPosts.object(line);
            if (record != null) {
                JsonPath.addPaths(record, names);
                missing.values().removeIf(column -> new JsonPath(column).text(record) != null);
            }
            line = lines.next();
        }
    }

    private void addDelimited(@Nullable List<String> first) {
        if (first == null) {
            return;
        }
        missing.keySet()
                .retainAll(DelimitedLayout.missing(first, input.columns()).keySet());
        names.addAll(first);
        hasKnownLayout |= DelimitedLayout.of(first, input.columns()).isPresent();
        if (firstRecord.isEmpty()) {
            firstRecord.addAll(first);
        }
    }

    private void require(String flag, String source) {
        missing.forEach((columnFlag, column) -> {
            // If no line can be parsed, a later check reports that instead.
            if (!names.isEmpty() && !(OPTIONAL.contains(columnFlag) && firstRecord.isEmpty())) {
                throw new UserFault(columnFlag + ": " + source + " has no column '" + column + "'. Its columns: "
                        + shown(List.copyOf(names)) + "."
                        + (PostColumns.isNumber(column) ? "" : Suggestion.didYouMean(column, names)));
            } else if (!names.isEmpty()) {
                System.out.println("None of the sampled posts has " + columnFlag + " '" + column + "'.");
            }
        });
        if (!hasKnownLayout && !firstRecord.isEmpty()) {
            throw new UserFault(flag + ": " + source
                    + " has no header that names an id, a time and a text. Name the columns"
                    + " with " + PostColumns.ID_FLAG + ", " + PostColumns.TIME_FLAG + " and " + PostColumns.TEXT_FLAG
                    + ", or give their positions, from 0. The first record: " + shown(firstRecord) + ".");
        }
    }

    private static String shown(List<String> values) {
        String text = String.join(
                ", ",
                values.stream()
                        .limit(NAMES_SHOWN)
                        .map(value -> value.substring(0, Math.min(value.length(), NAMES_SHOWN)))
                        .toList());
        return values.size() > NAMES_SHOWN ? text + ", …" : text;
    }
}
