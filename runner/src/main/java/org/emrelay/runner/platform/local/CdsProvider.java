package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.Optional;

/** Provides AppCDS archives, which speed up JVM start-up. They are optional. */
interface CdsProvider {

    /** The archive of a runtime, created on first use; empty if it cannot be created. */
    Optional<Path> archive(SparkRuntime runtime) throws InterruptedException;
}
