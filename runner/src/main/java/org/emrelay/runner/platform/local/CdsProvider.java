package org.emrelay.runner.platform.local;

import java.nio.file.Path;
import java.util.Optional;

/** Has what makes the JVMs of steps start quickly; they start without it too. */
interface CdsProvider {

    /** The archive of a runtime, made now if there is none; empty when it cannot be made. */
    Optional<Path> of(SparkRuntime runtime) throws InterruptedException;
}
