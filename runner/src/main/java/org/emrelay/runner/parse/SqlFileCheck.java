package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.childPath;
import static org.emrelay.runner.parse.Problems.nameList;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.model.Suggestion;
import org.emrelay.sqlscript.SqlFault;
import org.emrelay.sqlscript.SqlScript;
import org.jspecify.annotations.Nullable;

/** Checks a SQL file as far as that is possible without Spark. */
record SqlFileCheck(Problems problems) {
    private static final int MAX_BYTES = 1 << 20;

    /**
     * Reports what is wrong with the file, and parameters and values that do not match.
     *
     * @param path the JSON path of the step
     * @param names the names of the values in {@code args}; null if these are invalid
     */
    void check(Path file, String path, @Nullable List<String> names) {
        String sqlPath = childPath(path, "sql");
        String text = read(file, sqlPath);
        if (text == null) {
            return;
        }
        SqlScript script = SqlScript.parse(text);
        String name = LocalFiles.nameOf(file);
        for (SqlFault fault : script.faults()) {
            problems.error(sqlPath, fault.in(name));
        }
        if (script.faults().isEmpty() && names != null) {
            script.missingValues(names).forEach(fault -> problems.error(sqlPath, fault.in(name)));
            checkUsed(names, script.parameterNames(), name, childPath(path, "args"));
        }
    }

    private void checkUsed(List<String> names, Set<String> parameters, String file, String path) {
        for (String name : names) {
            if (!parameters.contains(name)) {
                String known = parameters.isEmpty()
                        ? " It has no parameters."
                        : " Its parameters: :"
                                + nameList(List.copyOf(parameters)).replace(", ", ", :") + ".";
                String suggestion = Suggestion.didYouMean(name, parameters);
                problems.error(
                        childPath(path, name),
                        file + " does not use :" + name + "." + known,
                        suggestion.isEmpty() ? "Remove it." : suggestion);
            }
        }
    }

    private @Nullable String read(Path file, String path) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.error(path, file + " is too large for a SQL file (more than 1 MiB).");
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException otherEncoding) {
            problems.error(path, file + " is not UTF-8 text.", "Save it as UTF-8.");
        } catch (IOException unreadable) {
            problems.error(path, file + " is not readable.", "Check its permissions.");
        }
        return null;
    }
}
