package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.platform.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Creates and caches AppCDS archives of Spark's classes.
 *
 * <p>An archive saves a step's JVM most of its start-up time. Each Spark runtime gets one archive, in its own directory or in the user's cache. Not thread-safe.
 */
final class AppCdsArchives implements CdsProvider {
    private static final String PENDING_REASON = "the AppCDS archive of Spark's classes is being created";
    private static final String PREFIX = "step-classes-";
    private static final String SUFFIX = ".jsa";

    /** Suffix of the marker file for a permanent failure, so that steps do not wait for another try. */
    private static final String FAILED_SUFFIX = ".none";

    private final Path cache;
    private final Map<String, String> environment;
    private final Notices notices;
    private final Consumer<String> pendingReason;
    private final Map<SparkRuntime, Optional<Path>> archives = new HashMap<>();

    /** @param pendingReason receives the reason why steps are pending while an archive is created, and an empty string afterwards */
    AppCdsArchives(Map<String, String> environment, Notices notices, Consumer<String> pendingReason) {
        this.cache = cache(environment);
        this.environment = Map.copyOf(environment);
        this.notices = notices;
        this.pendingReason = pendingReason;
    }

    private static Path cache(Map<String, String> environment) {
        String xdgCacheHome = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path cacheHome = xdgCacheHome.startsWith("/")
                ? Path.of(xdgCacheHome)
                : Path.of(System.getProperty("user.home"), ".cache");
        return cacheHome.resolve("emrelay");
    }

    @Override
    public Optional<Path> archive(SparkRuntime runtime) throws InterruptedException {
        Optional<Path> archive = archives.get(runtime);
        if (archive == null) {
            archive = findOrCreate(runtime);
            archives.put(runtime, archive);
        }
        return archive;
    }

    private Optional<Path> findOrCreate(SparkRuntime runtime) throws InterruptedException {
        try {
            String runtimeName = PREFIX
                    + hash(List.of(runtime.home().toString(), runtime.java().toString()));
            String name = runtimeName + "-" + hash(validityFactors(runtime));
            for (Path directory : List.of(runtime.home(), cache)) {
                Optional<Path> archive = find(directory, name);
                if (archive.isPresent()) {
                    return archive;
                } else if (Files.exists(directory.resolve(name + FAILED_SUFFIX))) {
                    return Optional.empty();
                }
            }
            return Optional.of(create(runtime, runtimeName, name));
        } catch (IOException exception) {
            notices.notice(failureNotice(exception.getMessage()));
            return Optional.empty();
        } catch (AppCdsTraining.PermanentFailureException exception) {
            notices.notice(failureNotice(exception.getMessage()));
            return Optional.empty();
        }
    }

    private static String failureNotice(@Nullable String reason) {
        return "Could not create an AppCDS archive of Spark's classes, steps start more slowly: " + reason + ".";
    }

    /** The JVM does not verify an archive and crashes on a corrupt one. The file name contains size and time to detect changes. */
    private static Optional<Path> find(Path directory, String name) throws IOException {
        for (Path file : listWithPrefix(name + "-", directory)) {
            if (file.getFileName().toString().equals(stampedName(name, file))) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static String stampedName(String name, Path file) throws IOException {
        return name + "-" + Files.size(file) + "-"
                + Files.getLastModifiedTime(file).toMillis() + SUFFIX;
    }

    private Path create(SparkRuntime runtime, String runtimeName, String name)
            throws IOException, InterruptedException, AppCdsTraining.PermanentFailureException {
        Path directory = Files.isWritable(runtime.home()) ? runtime.home() : Files.createDirectories(cache);
        notices.notice("Creating an AppCDS archive of Spark's classes (once per Spark runtime, up to a minute).");
        pendingReason.accept(PENDING_REASON);
        Path scratch = Files.createTempDirectory(directory, "." + PREFIX);
        try {
            Path created = scratch.resolve("archive");
            new AppCdsTraining(runtime, environment).run(created, scratch);
            // Sync before the rename: after a power failure, the final name must not refer to incomplete content.
            try (FileChannel channel = FileChannel.open(created)) {
                channel.force(true);
            }
            Path archive = directory.resolve(stampedName(name, created));
            AtomicFile.move(created, archive);
            deleteOutdated(directory, runtimeName, archive);
            return archive;
        } catch (AppCdsTraining.PermanentFailureException exception) {
            Files.writeString(directory.resolve(name + FAILED_SUFFIX), failureNotice(exception.getMessage()) + "\n");
            throw exception;
        } finally {
            pendingReason.accept("");
            FileTree.delete(scratch);
        }
    }

    /** Deletes archives of the same JVM and runtime that are corrupt or whose jars have changed. */
    private static void deleteOutdated(Path directory, String runtimeName, Path archive) throws IOException {
        for (Path file : listWithPrefix(runtimeName + "-", directory)) {
            if (!file.equals(archive)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> listWithPrefix(String prefix, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** Everything the JVM checks before it maps an archive. */
    private static List<String> validityFactors(SparkRuntime runtime) throws IOException {
        List<String> factors = new ArrayList<>();
        factors.add(System.getProperty("java.vm.version"));
        factors.add(System.getProperty("java.vm.vendor"));
        factors.addAll(JvmFlags.shared());
        for (Path jar : runtime.jars()) {
            factors.add(jar.toString());
            factors.add(Long.toString(Files.size(jar)));
            factors.add(Files.getLastModifiedTime(jar).toString());
        }
        return factors;
    }

    private static String hash(List<String> texts) {
        Sha256 digest = new Sha256();
        texts.forEach(text -> digest.add(text + "\n"));
        return digest.hex(12);
    }
}
