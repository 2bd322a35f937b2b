package org.emrelay.runner.platform.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Installs packages with uv if it is available, else with pip. */
final class PackageInstaller {
    private static final String UV = "uv";

    private final ProgramSearch programs;
    private final InstallerProcess process;

    PackageInstaller(InstallerProcess process) {
        this.programs = ProgramSearch.of(process.environment());
        this.process = process;
    }

    /** uv, if it is available. */
    Optional<Path> uv() {
        return programs.find(UV);
    }

    /**
     * Creates a virtual environment with the packages.
     *
     * @param base the interpreter, or for uv a version
     * @param installations what to install, one after the other
     * @param directory an empty one, which gets the environment and the files for the installer
     * @return its interpreter
     */
    Path createEnvironment(String base, List<EnvironmentSpec> installations, Path directory, InstallerTask task)
            throws IOException {
        Path environment = directory.resolve("environment");
        Path python = environment.resolve("bin").resolve("python");
        String uv = uv().map(Path::toString).orElse(null);
        List<String> create = uv == null
                ? List.of(base, "-m", "venv", environment.toString())
                : List.of(uv, "venv", "--quiet", "--no-project", "--python", base, environment.toString());
        task.run(process, directory, create, "cannot create a virtual environment with " + base);
        for (EnvironmentSpec spec : installations) {
            List<String> install = new ArrayList<>(
                    uv == null
                            ? List.of(python.toString(), "-m", "pip", "install", "--progress-bar", "off")
                            : List.of(uv, "pip", "install", "--python", python.toString()));
            install.addAll(files(spec, directory));
            task.run(process, directory, install, "cannot install " + task.packages());
        }
        return python;
    }

    /**
     * Unpacks the packages for the nodes of a cluster into a directory.
     *
     * @param base an interpreter of the version, for pip, which evaluates the conditions of requirements for itself
     */
    void install(String base, EnvironmentSpec spec, NodeType node, Path directory, Path target, InstallerTask task)
            throws IOException {
        List<String> install = new ArrayList<>();
        uv().ifPresentOrElse(
                        uv -> install.addAll(
                                List.of(uv.toString(), "pip", "install", "--python-platform", node.uvPlatform())),
                        () -> {
                            install.addAll(
                                    List.of(base, "-m", "pip", "install", "--progress-bar", "off", "--no-compile"));
                            install.addAll(List.of("--implementation", "cp"));
                            node.pipPlatforms().forEach(platform -> install.addAll(List.of("--platform", platform)));
                        });
        install.addAll(List.of("--target", target.toString(), "--python-version", spec.version()));
        install.addAll(List.of("--only-binary", ":all:"));
        install.addAll(files(spec, directory));
        task.run(
                process,
                directory,
                install,
                "cannot install " + task.packages() + " for Python " + spec.version() + " on " + node.machine()
                        + " nodes, from wheels only");
    }

    /** The options that name the files with requirements and constraints, which it writes. */
    private static List<String> files(EnvironmentSpec spec, Path directory) throws IOException {
        Path requirements = directory.resolve("requirements.txt");
        Files.write(requirements, spec.requirements());
        List<String> options = new ArrayList<>(List.of("-r", requirements.toString()));
        if (!spec.constraints().isEmpty()) {
            Path constraints = directory.resolve("constraints.txt");
            Files.write(constraints, spec.constraints());
            options.addAll(List.of("-c", constraints.toString()));
        }
        return options;
    }
}
