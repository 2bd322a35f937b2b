package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Archives of Spark's classes as the JVM lays them out in memory, which save each step's process most of its start. One is made
 * on this machine for each runtime, beside it or in the user's cache. Used by one thread.
 */
final class AppCdsArchives implements CdsProvider {
    private static final String BUSY = "preparing Spark for this machine (once)";
    private static final String PREFIX = "step-classes-";
    private static final String SUFFIX = ".jsa";

    /** In an archive's place when making one is known to fail: steps must not wait for that again and again. */
    private static final String HOPELESS = ".none";

    private final Path cache;
    private final Map<String, String> environment;
    private final Consumer<String> notices;
    private final Consumer<String> busy;
    private final Map<SparkRuntime, Optional<Path>> known = new HashMap<>();

    /**
     * Looks for archives beside each runtime, or else in the user's cache.
     *
     * @param busy hears what steps wait for while an archive is made, and an empty text when it is done
     */
    AppCdsArchives(Map<String, String> environment, Consumer<String> notices, Consumer<String> busy) {
        this.cache = cache(environment);
        this.environment = Map.copyOf(environment);
        this.notices = notices;
        this.busy = busy;
    }

    private static Path cache(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = given.startsWith("/") ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("emrelay");
    }

    @Override
    public Optional<Path> of(SparkRuntime runtime) throws InterruptedException {
        Optional<Path> archive = known.get(runtime);
        if (archive == null) {
            archive = findOrMake(runtime);
            known.put(runtime, archive);
        }
        return archive;
    }

    private Optional<Path> findOrMake(SparkRuntime runtime) throws InterruptedException {
        try {
            String place = PREFIX
                    + hash(List.of(runtime.home().toString(), runtime.java().toString()));
            String name = place + "-" + hash(ingredients(runtime));
            for (Path directory : List.of(runtime.home(), cache)) {
                Optional<Path> archive = find(directory, name);
                if (archive.isPresent()) {
                    return archive;
                } else if (Files.exists(directory.resolve(name + HOPELESS))) {
                    return Optional.empty();
                }
            }
            return Optional.of(make(runtime, place, name));
        } catch (IOException exception) {
            notices.accept(slow(exception.getMessage()));
            return Optional.empty();
        } catch (AppCdsTraining.Hopeless exception) {
            notices.accept(slow(exception.getMessage()));
            return Optional.empty();
        }
    }

    private static String slow(@Nullable String why) {
        return "Steps start slowly, for no archive of Spark's classes could be made: " + why + ".";
    }

    /** A JVM trusts an archive blindly and crashes on a damaged one: one that was written to since is not taken. */
    private static Optional<Path> find(Path directory, String name) throws IOException {
        for (Path file : beginningWith(name + "-", directory)) {
            if (file.getFileName().toString().equals(stamped(name, file))) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static String stamped(String name, Path file) throws IOException {
        return name + "-" + Files.size(file) + "-"
                + Files.getLastModifiedTime(file).toMillis() + SUFFIX;
    }

    private Path make(SparkRuntime runtime, String place, String name)
            throws IOException, InterruptedException, AppCdsTraining.Hopeless {
        Path directory = Files.isWritable(runtime.home()) ? runtime.home() : Files.createDirectories(cache);
        notices.accept("Preparing Spark for this machine: once, for up to a minute.");
        busy.accept(BUSY);
        Path scratch = Files.createTempDirectory(directory, "." + PREFIX);
        try {
            Path made = scratch.resolve("archive");
            new AppCdsTraining(runtime, environment).run(made, scratch);
            // On the disk before it has its name: a name must not outlive a power cut that its content does not.
            try (FileChannel channel = FileChannel.open(made)) {
                channel.force(true);
            }
            Path archive = directory.resolve(stamped(name, made));
            AtomicFile.move(made, archive);
            removeOthers(directory, place, archive);
            return archive;
        } catch (AppCdsTraining.Hopeless exception) {
            Files.writeString(directory.resolve(name + HOPELESS), slow(exception.getMessage()) + "\n");
            throw exception;
        } finally {
            busy.accept("");
            FileTree.delete(scratch);
        }
    }

    /** Archives for the same JVM and place, whose jars have changed since or which are damaged: nothing would take them. */
    private static void removeOthers(Path directory, String place, Path archive) throws IOException {
        for (Path file : beginningWith(place + "-", directory)) {
            if (!file.equals(archive)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static List<Path> beginningWith(String prefix, Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    /** All that a JVM compares before it takes an archive. */
    private static List<String> ingredients(SparkRuntime runtime) throws IOException {
        List<String> ingredients = new ArrayList<>();
        ingredients.add(System.getProperty("java.vm.version"));
        ingredients.add(System.getProperty("java.vm.vendor"));
        ingredients.addAll(JvmFlags.shared());
        for (Path jar : runtime.jars()) {
            ingredients.add(jar.toString());
            ingredients.add(Long.toString(Files.size(jar)));
            ingredients.add(Files.getLastModifiedTime(jar).toString());
        }
        return ingredients;
    }

    private static String hash(List<String> texts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            texts.forEach(text -> digest.update((text + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JVM has SHA-256", exception);
        }
    }
}
