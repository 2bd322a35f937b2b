package org.emrelay.runner.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emrelay.runner.model.Argument;
import org.emrelay.runner.model.PythonDependencies;
import org.emrelay.runner.model.SparkSettings;
import org.emrelay.runner.model.SparkSettings.FileOption;

/** The settings that give a Python step its interpreter and its packages on a cluster. */
final class ClusterPython {
    /** The directory of the unpacked archive in the working directory of driver and executors. */
    private static final String DIRECTORY = "emrelay_python";

    private static final String PYTHONPATH = "PYTHONPATH";
    private static final List<String> ENVIRONMENTS = List.of("spark.yarn.appMasterEnv.", "spark.executorEnv.");

    private ClusterPython() {}

    /** The step's settings, completed. What the user has set stays, and comes first in the module search path. */
    static SparkSettings<Argument> settings(SparkSubmit step) {
        SparkSettings<Argument> settings = step.settings();
        String version = step.python().version();
        if (!version.isEmpty() && !settings.conf().containsKey(PythonDependencies.INTERPRETER)) {
            settings = settings.withConf(Map.of(PythonDependencies.INTERPRETER, Argument.literal("python" + version)));
        }
        return step.pythonArchive() == null ? settings : withArchive(settings, step.pythonArchive());
    }

    private static SparkSettings<Argument> withArchive(SparkSettings<Argument> settings, String path) {
        List<Argument> archives = new ArrayList<>(settings.get(FileOption.ARCHIVES));
        archives.add(Argument.of(new Argument.UploadedFile(path), new Argument.Literal("#" + DIRECTORY)));
        SparkSettings<Argument> added = settings.with(FileOption.ARCHIVES, archives);
        Argument own = settings.env().get(PYTHONPATH);
        if (own != null) {
            return added.withEnv(Map.of(PYTHONPATH, searchPath(own)));
        }
        Map<String, Argument> conf = new LinkedHashMap<>();
        for (String environment : ENVIRONMENTS) {
            Argument set = settings.conf().get(environment + PYTHONPATH);
            conf.put(environment + PYTHONPATH, set == null ? Argument.literal("./" + DIRECTORY) : searchPath(set));
        }
        return added.withConf(conf);
    }

    private static Argument searchPath(Argument own) {
        return Argument.joined(":", List.of(own, Argument.literal("./" + DIRECTORY)));
    }
}
