package org.emrelay.runner.parse;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the lines of a requirements file. */
final class RequirementsFile {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Pattern COMMENT = Pattern.compile("(?:^|\\s)#.*");

    private RequirementsFile() {}

    /**
     * A line without comment; continued lines are one.
     *
     * @param number of its first line
     */
    record Line(int number, String text) {}

    /** Returns the lines that are not empty, or none after a problem. */
    static List<Line> read(Path file, String path, Problems problems) {
        try {
            if (Files.isDirectory(file)) {
                problems.error(path, file + " is a directory, not a file.");
                return List.of();
            } else if (!Files.isRegularFile(file)) {
                problems.error(path, "file " + file + " not found.", LocalFiles.missingFileHint(file));
                return List.of();
            } else if (Files.size(file) > MAX_BYTES) {
                problems.error(
                        path, file + " is too large for a requirements file (more than 1 MB).", "Name another file.");
                return List.of();
            }
            return lines(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException exception) {
            problems.error(path, file + " is not valid UTF-8.", "Save it as UTF-8.");
        } catch (IOException exception) {
            problems.error(path, file + " is not readable.", "Check its permissions.");
        }
        return List.of();
    }

    /** A line break after a backslash joins two lines. */
    private static List<Line> lines(List<String> physical) {
        List<Line> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int first = 0;
        for (int i = 0; i < physical.size(); i++) {
            String line = i == 0 ? physical.get(i).replaceFirst("^\uFEFF", "") : physical.get(i);
            first = joined.isEmpty() ? i + 1 : first;
            if (line.endsWith("\\") && !line.matches("\\s*#.*") && i + 1 < physical.size()) {
                joined.append(line, 0, line.length() - 1).append(' ');
                continue;
            }
            String text = normalised(joined + line);
            joined.setLength(0);
            if (!text.isEmpty()) {
                lines.add(new Line(first, text));
            }
        }
        return lines;
    }

    static String normalised(String line) {
        return COMMENT.matcher(line).replaceFirst("").strip().replaceAll("\\s+", " ");
    }
}
