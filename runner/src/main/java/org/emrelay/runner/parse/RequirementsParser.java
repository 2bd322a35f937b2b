package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.abbreviate;
import static org.emrelay.runner.parse.Problems.quoted;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.Requirement;
import org.jspecify.annotations.Nullable;

/** Parses the requirements of Python steps: a file in pip's syntax, or a list of lines. */
record RequirementsParser(LocalFiles files, Problems problems) {

    /** The parsed lines; files that they include ({@code -r}, {@code -c}) are part of them. */
    record Requirements(List<Requirement> requirements, List<String> constraints) {
        Requirements {
            requirements = List.copyOf(requirements);
            constraints = List.copyOf(constraints);
        }
    }

    private static final int MAX_DEPTH = 10;
    private static final Pattern OPTION = Pattern.compile("(-[a-z]|--[a-z-]+)(?:[ =]?+(.*))?", Pattern.DOTALL);
    private static final Pattern NAMED = Pattern.compile(
            "[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])? ?(?:\\[[^\\]]*\\])? ?(?:(?:[<>=!~;(]|--).*|@ ?\\S.*)?");
    private static final Pattern PACKAGE_FILE = Pattern.compile(
            "(?<prefix>(?:[A-Za-z0-9._-]+(?:\\[[^\\]]*\\])? ?@ ?)?(?:file://)?)"
                    + "(?<path>(?![A-Za-z][A-Za-z0-9+.-]+:)[^\\[\\];]*?\\.(?:whl|tar\\.gz|zip))(?<suffix>(?:\\[[^\\]]*\\])?(?: ?;.*| --.*)?)");
    private static final Pattern DIRECTORY = Pattern.compile("\\.{1,2}(?:/.*)?|/.*|file:.*");
    /** What is before the {@code @} of a URI; variables and the user name of SSH are not secrets. */
    private static final Pattern CREDENTIALS = Pattern.compile(
            "[a-z][a-z0-9+.-]*://(?!git@)(?!\\$\\{[A-Za-z0-9_]+\\}@)(?<user>[^/\\s@]+)@", Pattern.CASE_INSENSITIVE);

    private static final String LOCAL_COPY = "Use a local copy.";
    private static final List<String> INCLUDES = List.of("-r", "--requirement");
    private static final List<String> CONSTRAINTS = List.of("-c", "--constraint");
    private static final List<String> EDITABLE = List.of("-e", "--editable");
    private static final List<String> LINKS = List.of("-f", "--find-links");

    /** The lines of one file or list. */
    private final class Reading {
        private final List<Requirement> requirements = new ArrayList<>();
        private final List<String> constraints = new ArrayList<>();

        /** @param base the directory of relative paths */
        void add(String line, Path base, String where, String path, int depth) {
            Matcher option = OPTION.matcher(line);
            String name = option.matches() ? option.group(1) : "";
            String value = name.isEmpty() || option.group(2) == null
                    ? ""
                    : option.group(2).trim();
            if (CREDENTIALS.matcher(line).find() && !isVariable(line)) {
                problems.error(
                        path,
                        where + "the URI contains a password, which plans and the records of runs would show.",
                        "Use ${NAME}, and set the environment variable NAME.");
            } else if (INCLUDES.contains(name) || CONSTRAINTS.contains(name)) {
                include(name, value, base, where, path, depth);
            } else if (EDITABLE.contains(name)) {
                refuseDirectory(where + quoted(line) + " is an editable installation", path);
            } else if (LINKS.contains(name) && !LocalFiles.isUri(value)) {
                addDirectory(base.resolve(value).normalize(), where, path);
            } else if (!name.isEmpty()) {
                requirements.add(new Requirement.Line(line));
            } else {
                addPackage(line, base, where, path);
            }
        }

        private void include(String option, String file, Path base, String where, String path, int depth) {
            if (file.isEmpty()) {
                problems.error(path, where + quoted(option) + " names no file.", "Example: " + option + " other.txt.");
            } else if (LocalFiles.isUri(file)) {
                problems.error(path, where + notLocal(file), LOCAL_COPY);
            } else {
                addFile(base.resolve(file).normalize(), path, depth, CONSTRAINTS.contains(option));
            }
        }

        private void addPackage(String line, Path base, String where, String path) {
            Matcher file = PACKAGE_FILE.matcher(line);
            if (file.matches()) {
                Path named = base.resolve(file.group("path")).normalize();
                if (!Files.isReadable(named)) {
                    problems.error(path, where + "file " + named + " not found.", LocalFiles.missingFileHint(named));
                    return;
                }
                requirements.add(new Requirement.PackageFile(
                        file.group("prefix"), new FileRef.Local(named), file.group("suffix")));
            } else if (DIRECTORY.matcher(line).matches() || isDirectory(line, base)) {
                refuseDirectory(where + quoted(line) + " is a directory", path);
            } else if (NAMED.matcher(line).matches() || LocalFiles.isUri(line)) {
                requirements.add(new Requirement.Line(line));
            } else {
                problems.error(
                        path, where + quoted(abbreviate(line)) + " is not a requirement.", "Example: pandas==2.2.3.");
            }
        }

        private void addDirectory(Path directory, String where, String path) {
            if (Files.isDirectory(directory)) {
                requirements.add(new Requirement.PackageDirectory(directory));
            } else {
                problems.error(
                        path, where + "directory " + directory + " not found.", LocalFiles.missingFileHint(directory));
            }
        }

        void addFile(Path file, String path, int depth, boolean asConstraints) {
            List<RequirementsFile.Line> lines =
                    depth > MAX_DEPTH ? List.of() : RequirementsFile.read(file, path, problems);
            if (depth > MAX_DEPTH) {
                problems.error(path, file + " includes itself.", "Remove that line.");
            }
            for (RequirementsFile.Line line : lines) {
                String where = LocalFiles.nameOf(file) + ", line " + line.number() + ": ";
                if (!asConstraints) {
                    add(line.text(), LocalFiles.parentOf(file), where, path, depth + 1);
                } else if (NAMED.matcher(line.text()).matches()) {
                    constraints.add(line.text());
                } else {
                    problems.error(
                            path,
                            where + quoted(abbreviate(line.text())) + " is not a constraint.",
                            "Example: pandas<3.");
                }
            }
        }
    }

    /** Returns the requirements, or null after a problem and for none. */
    @Nullable
    Requirements parse(@Nullable JsonValue value, String path) {
        int before = problems.count();
        Reading reading = new Reading();
        if (value instanceof JsonString file) {
            Path existing = LocalFiles.isUri(file.text()) ? null : files.existingFile(file.text(), path);
            if (LocalFiles.isUri(file.text())) {
                problems.error(path, notLocal(file.text()), LOCAL_COPY);
            } else if (existing != null) {
                reading.addFile(existing, path, 0, false);
            }
        } else if (value instanceof JsonArray lines) {
            for (int i = 0; i < lines.values().size(); i++) {
                addElement(reading, lines.values().get(i), path + "[" + i + "]");
            }
        } else if (value != null) {
            problems.wrongType(path, "a string or a list", value);
        }
        return value == null || problems.count() > before
                ? null
                : new Requirements(reading.requirements, reading.constraints);
    }

    private void addElement(Reading reading, JsonValue element, String path) {
        if (!(element instanceof JsonString line)) {
            problems.wrongType(path, "a string", element);
            return;
        }
        String text = RequirementsFile.normalised(line.text());
        if (text.isEmpty()) {
            problems.error(path, "must not be empty.", "Example: pandas==2.2.3.");
        } else {
            reading.add(text, files.base(path), "", path, 0);
        }
    }

    private static String notLocal(String uri) {
        return quoted(uri) + " is not a local file.";
    }

    private static boolean isVariable(String line) {
        Matcher credentials = CREDENTIALS.matcher(line);
        while (credentials.find()) {
            if (!credentials.group("user").matches("(?:[^:]*:)?\\$\\{[A-Za-z0-9_]+\\}")) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDirectory(String line, Path base) {
        return line.contains("/") && !LocalFiles.isUri(line) && Files.isDirectory(base.resolve(line));
    }

    private void refuseDirectory(String sentence, String path) {
        problems.error(
                path,
                sentence + ", which a cluster could not reproduce.",
                "Build a wheel and name it (python3 -m pip wheel --no-deps DIRECTORY), or list the directory of the"
                        + " modules in py_files.");
    }
}
