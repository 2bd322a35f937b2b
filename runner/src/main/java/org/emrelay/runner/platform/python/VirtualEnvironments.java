package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.emrelay.runner.platform.Notices;
import org.emrelay.runner.platform.Sleeper;

/** The virtual environments of local steps, in the user's cache: one for each set of packages and version of Python. */
public final class VirtualEnvironments {
    /** The oldest Python 3 that PySpark 3.5 supports. */
    private static final int MIN_MINOR = 8;

    private static final String PYTHON = "environment/bin/python";

    private final BuildCache cache;

    /** @param cache the user's cache directory of Emrelay */
    public VirtualEnvironments(Path cache, Clock clock, Sleeper sleeper) {
        this.cache = new BuildCache(cache.resolve("python"), clock, sleeper);
    }

    /**
     * Returns the interpreter of an environment with the packages and PySpark, which it creates if there is none.
     *
     * @param fallback the interpreter for a specification without version
     * @param pyspark the version of PySpark
     * @param owner who needs the packages, such as {@code Step 'counts'}
     */
    public Path python(EnvironmentSpec spec, String fallback, String pyspark, String owner, InstallerProcess process)
            throws IOException {
        PackageInstaller installer = new PackageInstaller(process);
        Base base = base(spec, fallback, installer, owner, process);
        EnvironmentSpec packages = spec.withoutPyspark();
        String pysparkLine = "pyspark==" + pyspark;
        EnvironmentSpec all = packages.with(pysparkLine);
        String key = all.hash(base.version(), System.getProperty("os.name"), System.getProperty("os.arch"));
        Notices notices = process.notices();
        Path built = cache.get(
                key,
                PYTHON,
                empty -> {
                    spec.pysparkLines()
                            .forEach(line -> notices.notice(
                                    owner + ": " + line + " is ignored, because this Spark is " + pyspark + "."));
                    String tool = installer.uv().isPresent() ? "uv" : "pip";
                    notices.notice(owner + ": creating a virtual environment for Python " + base.version() + " with "
                            + all.summary() + " (" + tool + ")");
                    installer.createEnvironment(
                            base.python(),
                            packages.installations(pysparkLine),
                            empty,
                            new InstallerTask(owner, all.summary()));
                },
                notices,
                process.interrupted());
        return built.resolve(PYTHON);
    }

    /**
     * What an environment is based on.
     *
     * @param python an interpreter; for uv, a version, which it finds or downloads
     */
    private record Base(String python, String version) {}

    private static Base base(
            EnvironmentSpec spec, String fallback, PackageInstaller installer, String owner, InstallerProcess process)
            throws IOException {
        ProgramSearch programs = ProgramSearch.of(process.environment());
        if (spec.version().isEmpty()) {
            Interpreter found = programs.find(fallback)
                    .flatMap(program -> Interpreter.probe(program.toString(), process))
                    .orElseThrow(() -> new PythonException(owner + " needs Python, but " + fallback
                            + " cannot be started. Install Python 3.11, or set \"python\" to the version of one that"
                            + " is installed."));
            if (Integer.parseInt(found.version().substring(2)) < MIN_MINOR) {
                throw new PythonException(owner + ": Spark needs Python 3." + MIN_MINOR + " or later, but " + fallback
                        + " is Python " + found.version() + ". Set \"python\" to a later version.");
            }
            return new Base(found.executable(), found.version());
        }
        Optional<Interpreter> found = Interpreter.find(spec.version(), fallback, programs, process);
        if (found.isEmpty() && installer.uv().isEmpty()) {
            throw new PythonException(owner + " needs Python " + spec.version() + ", but the PATH has no python"
                    + spec.version() + ", and " + fallback + " has another version. Install it, or install uv, which"
                    + " downloads it: python3 -m pip install uv");
        }
        return new Base(found.map(Interpreter::executable).orElse(spec.version()), spec.version());
    }
}
