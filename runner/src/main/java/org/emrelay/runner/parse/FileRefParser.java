package org.emrelay.runner.parse;

import static org.emrelay.runner.parse.Problems.quoted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.emrelay.runner.model.FileRef;
import org.emrelay.runner.model.NamedFile;
import org.emrelay.runner.model.SparkSettings.FileOption;
import org.emrelay.runner.parse.RecordBinder.LocatedString;
import org.jspecify.annotations.Nullable;

/** Parses lists of files such as {@code jars} and {@code files}. */
record FileRefParser(LocalFiles files, CommandLineChecks checks, Problems problems) {
    private static final Pattern GLOB = Pattern.compile(".*[*?\\[{].*", Pattern.DOTALL);
    /** Spark parses the location of a file as a URI, whose syntax allows none of these. */
    private static final Pattern NOT_IN_SPARK_URI = Pattern.compile("[\\s%?\\[\\]^\"<>\\\\{}|`]");

    private static final Pattern S3_URI = Pattern.compile("(?i)s3[an]?://.*", Pattern.DOTALL);
    private static final int MAX_GLOB_DEPTH = 16;
    private static final int MAX_MATCHES = 10_000;

    /** Parses one file, without globs; null after a problem. */
    @Nullable
    FileRef single(String text, String path) {
        if (LocalFiles.isUri(text)) {
            checkComma(text, path);
            if (S3_URI.matcher(text).matches()) {
                checkForSparkUri(text, path);
            }
            return checks.checkUri(text, path) ? new FileRef.Remote(text) : null;
        }
        Path file = files.existingFile(text, path);
        return file == null ? null : local(file, path);
    }

    /** Parses a list and expands local globs; null for a null list. */
    @Nullable
    List<NamedFile> list(@Nullable List<LocatedString> texts, FileOption option) {
        if (texts == null) {
            return null;
        }
        Collection<NamedFile> namedFiles = option.renames() ? new ArrayList<>() : new LinkedHashSet<>();
        for (LocatedString located : texts) {
            String text = located.value();
            int hash = option.renames() ? text.lastIndexOf('#') : -1;
            String alias = hash < 0 ? "" : text.substring(hash + 1);
            if (hash >= 0 && !alias.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
                problems.error(located.path(), quoted(alias) + " is not a valid file name.", "Use file#name.");
                continue;
            }
            String location = hash < 0 ? text : text.substring(0, hash);
            for (FileRef fileRef : option == FileOption.PY_FILES
                    ? modulesOrFiles(location, located.path())
                    : expandGlob(location, located.path())) {
                if (option.renames() && alias.isEmpty() && fileRef instanceof FileRef.Local local) {
                    checkStepFindsIt(LocalFiles.nameOf(local.path()), located.path());
                }
                namedFiles.add(new NamedFile(fileRef, alias));
            }
        }
        List<NamedFile> parsed = List.copyOf(namedFiles);
        checkNamesAreUnique(
                parsed, option, texts.isEmpty() ? "" : listPath(texts.get(0).path()));
        return parsed;
    }

    private List<FileRef> modulesOrFiles(String text, String path) {
        Path directory = LocalFiles.isUri(text) || text.isBlank() ? null : files.resolve(text, path);
        if (directory == null || !Files.isDirectory(directory) || !Files.isReadable(directory)) {
            return expandGlob(text, path);
        }
        checkName(LocalFiles.nameOf(directory), path);
        FileRef modules = new ModulesParser(problems).parse(directory, path);
        return modules == null ? List.of() : List.of(modules);
    }

    /** The path of a list, from the path of its first element. */
    private static String listPath(String first) {
        return first.substring(0, first.lastIndexOf('['));
    }

    private List<FileRef> expandGlob(String text, String path) {
        if (!LocalFiles.isUri(text) && GLOB.matcher(text).matches()) {
            Path pattern = files.resolve(text, path);
            if (pattern != null && !Files.exists(pattern)) {
                return matches(pattern, path);
            }
        }
        FileRef fileRef = single(text, path);
        return fileRef == null ? List.of() : List.of(fileRef);
    }

    private List<FileRef> matches(Path pattern, String path) {
        Path start = LocalFiles.parentOf(pattern);
        while (GLOB.matcher(start.toString()).matches() && start.getParent() != null) {
            start = start.getParent();
        }
        if (!Files.isDirectory(start)) {
            problems.error(path, "no file matches " + pattern + ".", "Directory " + start + " does not exist.");
            return List.of();
        }
        List<FileRef> found = new ArrayList<>();
        try (Stream<Path> tree = Files.walk(start, globDepth(start, pattern))) {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + start.relativize(pattern));
            Path root = start;
            tree.filter(file -> matcher.matches(root.relativize(file)) && Files.isRegularFile(file))
                    .limit(MAX_MATCHES)
                    .sorted()
                    .forEach(file -> found.add(local(file, path)));
        } catch (PatternSyntaxException exception) {
            problems.error(path, quoted(pattern.toString()) + " is not a valid glob pattern.");
            return List.of();
        } catch (IOException | UncheckedIOException exception) {
            problems.error(path, "cannot list the files in " + start + ".", "Check its permissions.");
            return List.of();
        }
        if (found.isEmpty()) {
            problems.error(path, "no file matches " + pattern + ".");
        }
        return found;
    }

    private static int globDepth(Path start, Path pattern) {
        return pattern.toString().contains("**") ? MAX_GLOB_DEPTH : pattern.getNameCount() - start.getNameCount();
    }

    private FileRef local(Path file, String path) {
        checkName(LocalFiles.nameOf(file), path);
        return new FileRef.Local(file);
    }

    private void checkName(String name, String path) {
        checks.checkText(name, path);
        checkComma(name, path);
        checkForSparkUri(name, path);
    }

    private void checkForSparkUri(String name, String path) {
        Matcher character = NOT_IN_SPARK_URI.matcher(name);
        if (fitsNoSparkUri(name) && character.find()) {
            problems.error(
                    path,
                    quoted(name) + " contains '" + character.group()
                            + "', which spark-submit does not accept in the location of a file.",
                    "Rename the file.");
        }
    }

    /** Local steps get paths instead of URIs. */
    private boolean fitsNoSparkUri(String name) {
        return !checks.rules().seesLocalFiles()
                && NOT_IN_SPARK_URI.matcher(name).find();
    }

    /** A step opens its files by name. */
    private void checkStepFindsIt(String name, String path) {
        Matcher character = NamedFile.NOT_IN_UPLOADED_NAME.matcher(name);
        if (!fitsNoSparkUri(name) && character.find()) {
            problems.error(
                    path,
                    quoted(name) + " contains '" + character.group()
                            + "', which Spark takes for syntax: the step would not find the file.",
                    "Rename the file, or name it for the step: file#name.");
        }
    }

    /** YARN distributes only one file of a name, whatever it is renamed to. */
    private void checkNamesAreUnique(List<NamedFile> namedFiles, FileOption option, String path) {
        Set<String> names = new HashSet<>();
        for (NamedFile named : namedFiles) {
            String name = nameOf(named.file());
            if (option != FileOption.JARS && !checks.rules().seesLocalFiles() && !names.add(name)) {
                problems.error(
                        path,
                        "two files are called " + quoted(name) + ", and YARN distributes only one file of a name.",
                        "Rename one of them" + (option.renames() ? ": file#name does not suffice." : "."));
            }
        }
    }

    private static String nameOf(FileRef file) {
        if (file instanceof FileRef.Remote remote) {
            return remote.uri().substring(remote.uri().lastIndexOf('/') + 1);
        }
        return file instanceof FileRef.Modules modules
                ? LocalFiles.nameOf(modules.directory()) + ".zip"
                : LocalFiles.nameOf(((FileRef.Local) file).path());
    }

    private void checkComma(String name, String path) {
        if (name.contains(",")) {
            problems.error(
                    path, quoted(name) + " contains a comma, which Spark uses to separate files.", "Rename the file.");
        }
    }
}
