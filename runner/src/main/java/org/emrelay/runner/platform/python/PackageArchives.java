package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.emrelay.runner.model.InstanceHardware.Architecture;
import org.emrelay.runner.model.Sha256;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Sleeper;
import org.emrelay.runner.platform.file.FileTree;

/** Archives of the packages of steps, for the nodes of a cluster: one for each set of packages, version of Python and kinds of nodes. */
public final class PackageArchives {
    /** A package without content that stands for the release's PySpark, which no archive contains. */
    private static final String PYSPARK = "3.5.6";

    private static final String ARCHIVE = "packages.zip";

    private final BuildCache cache;

    /** @param cache the user's cache directory of Emrelay */
    public PackageArchives(Path cache, Clock clock, Sleeper sleeper) {
        this.cache = new BuildCache(cache.resolve("python"), clock, sleeper);
    }

    /** Whether there is anything to put in an archive: the release has PySpark. */
    public static boolean isNeeded(EnvironmentSpec spec) {
        return spec.withoutPyspark().requirements().stream().anyMatch(line -> !line.startsWith("-"));
    }

    /** Identifies an archive by what it is built from. */
    public static String key(EnvironmentSpec spec, Collection<Architecture> architectures) {
        return spec.withoutPyspark()
                .hash(nodes(architectures).stream().map(NodeType::machine).collect(Collectors.joining(" ")));
    }

    /** The name of an archive, such as {@code python-3.9-x86_64.zip}. */
    public static String name(EnvironmentSpec spec, Collection<Architecture> architectures) {
        return "python-" + spec.version() + "-"
                + nodes(architectures).stream().map(NodeType::machine).collect(Collectors.joining("-")) + ".zip";
    }

    private static Set<NodeType> nodes(Collection<Architecture> architectures) {
        return architectures.stream().map(NodeType::of).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the archive, which it builds if there is none.
     *
     * @param spec with a version
     * @param owner who needs the packages, such as {@code Step 'counts'}
     */
    public Path build(
            EnvironmentSpec spec, Collection<Architecture> architectures, String owner, InstallerProcess process)
            throws IOException {
        Notices notices = process.notices();
        PackageInstaller installer = new PackageInstaller(process);
        Path built = cache.get(
                key(spec, architectures),
                ARCHIVE,
                empty -> {
                    EnvironmentSpec packages = spec.withoutPyspark();
                    String base = base(spec.version(), installer, owner, process);
                    notices.notice(owner + ": building an archive of " + packages.summary() + " for Python "
                            + spec.version() + " on "
                            + nodes(architectures).stream()
                                    .map(NodeType::machine)
                                    .collect(Collectors.joining(" and "))
                            + " nodes (" + (installer.uv().isPresent() ? "uv" : "pip") + ")");
                    Path stub = StubWheel.write(empty, "pyspark", PYSPARK);
                    String hash = packages.hasHashes() ? " --hash=sha256:" + sha256(stub) : "";
                    EnvironmentSpec all = packages.with("pyspark @ " + stub.toUri() + hash);
                    TreeMap<NodeType, PackageTree> trees = new TreeMap<>();
                    for (NodeType node : nodes(architectures)) {
                        Path target = empty.resolve(node.machine());
                        installer.install(base, all, node, empty, target, new InstallerTask(owner, packages.summary()));
                        trees.put(node, PackageTree.of(target));
                    }
                    notices.status("Packing " + packages.summary());
                    PackageTree.zip(trees, empty.resolve(ARCHIVE));
                    for (NodeType node : trees.keySet()) {
                        FileTree.delete(empty.resolve(node.machine()));
                    }
                },
                notices,
                process.interrupted());
        return built.resolve(ARCHIVE);
    }

    /** uv evaluates the conditions of requirements for the nodes; pip evaluates them for the interpreter that it runs on. */
    private static String base(String version, PackageInstaller installer, String owner, InstallerProcess process) {
        if (installer.uv().isPresent()) {
            return "";
        }
        Optional<Interpreter> found =
                Interpreter.find(version, "python3", ProgramSearch.of(process.environment()), process);
        return found.map(Interpreter::executable)
                .orElseThrow(() -> new PythonException(owner + ": the packages for Python " + version
                        + " on the cluster cannot be chosen without uv or a python" + version
                        + " on the PATH. Install uv: python3 -m pip install uv"));
    }

    private static String sha256(Path wheel) throws IOException {
        byte[] content = Files.readAllBytes(wheel);
        Sha256 digest = new Sha256();
        digest.add(content, content.length);
        return digest.hex(Sha256.DIGITS);
    }
}
