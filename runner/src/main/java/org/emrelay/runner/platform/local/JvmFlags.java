package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JVM flags of step processes. */
final class JvmFlags {

    /** The packages Spark's launcher opens on Java 17 (JavaModuleOptions). */
    private static final List<String> OPEN_PACKAGES = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar",
            "java.security.jgss/sun.security.krb5");

    private JvmFlags() {}

    /** The flags of every JVM that uses an AppCDS archive. */
    static List<String> shared() {
        List<String> flags = new ArrayList<>();
        flags.add("-XX:+IgnoreUnrecognizedVMOptions");
        OPEN_PACKAGES.forEach(openPackage -> flags.add("--add-opens=" + openPackage + "=ALL-UNNAMED"));
        flags.add("-Djdk.reflect.useDirectMethodHandle=false");
        // Warnings of the JVM itself must not be mixed into the output of the step.
        flags.add("-Xlog:disable");
        flags.add("-Xlog:all=warning:stderr");
        flags.add("-XX:-UsePerfData");
        // Maps archives where they were dumped for. At a random address, the JVM relocates each page first.
        flags.add("-XX:+UnlockDiagnosticVMOptions");
        flags.add("-XX:ArchiveRelocationMode=0");
        flags.add("-Dfile.encoding=UTF-8");
        flags.add("-Djava.awt.headless=true");
        return flags;
    }

    /** The flags of the JVM that creates an archive. */
    static List<String> forTraining(AttemptFolder folder, Path archive) {
        List<String> flags = new ArrayList<>(shared());
        flags.add("-Xmx1g");
        flags.add(JitProfile.SHORT.collectorFlag());
        flags.addAll(JitProfile.SHORT.compilerFlags());
        flags.add("-XX:ArchiveClassesAtExit=" + archive);
        flags.addAll(paths(folder));
        return flags;
    }

    /**
     * The flags of a step's JVM.
     *
     * @param userFlags the user's flags; they come last and take precedence
     */
    static List<String> forStep(
            ResourceAllocation allocation,
            AttemptFolder folder,
            JitProfile jitProfile,
            Optional<Path> archive,
            List<String> userFlags) {
        List<String> flags = new ArrayList<>(shared());
        flags.add("-Xmx" + allocation.heapMebibytes() + "m");
        if (userFlags.stream().noneMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
            flags.add(jitProfile.collectorFlag());
        }
        flags.addAll(jitProfile.compilerFlags());
        archive.ifPresent(file -> flags.add("-XX:SharedArchiveFile=" + file));
        flags.addAll(paths(folder));
        flags.addAll(userFlags);
        return flags;
    }

    /** Spark's local directories are below java.io.tmpdir too, unless spark.local.dir is set. */
    private static List<String> paths(AttemptFolder folder) {
        return List.of(
                "-Djava.io.tmpdir=" + folder.temporary(),
                "-Dderby.system.home=" + folder.work(),
                "-XX:ErrorFile=" + folder.crashReport());
    }
}
