package org.emrelay.tables;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A job: it runs, or with {@code --check} as the last argument only checks its arguments and the inputs that exist. */
public interface Job {
    String CHECK = "--check";

    void run();

    /** Checks the inputs that exist. Writes nothing. */
    void check();

    /**
     * Runs or checks a job.
     *
     * @param create parses the arguments
     */
    static void main(Function<String[], ? extends Job> create, String... arguments) {
        int last = arguments.length - 1;
        if (last >= 0 && arguments[last].equals(CHECK)) {
            create.apply(Arrays.copyOf(arguments, last)).check();
        } else {
            create.apply(arguments).run();
        }
    }

    /** Checks an input if it exists: it may be the output of a step that has not run. */
    static void ifExists(SparkSession session, String uri, Consumer<String> check) {
        boolean exists;
        try {
            Path path = new Path(uri);
            exists = path.getFileSystem(session.sparkContext().hadoopConfiguration())
                            .globStatus(path)
                    != null;
        } catch (IOException | IllegalArgumentException unreadable) {
            // The check of the input says why.
            exists = true;
        }
        if (exists) {
            check.accept(uri);
        }
    }
}
