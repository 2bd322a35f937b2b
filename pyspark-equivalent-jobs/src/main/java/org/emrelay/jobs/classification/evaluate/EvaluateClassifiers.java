package org.emrelay.jobs.classification.evaluate;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.emrelay.jobs.JobSession;
import org.emrelay.jobs.classification.exploration.Exploration;
import org.emrelay.jobs.classification.models.ModelKind;
import org.emrelay.jobs.classification.models.StaticAllocationCheck;
import org.emrelay.jobs.classification.models.TrainedModels;
import org.emrelay.pages.ReportPage.Chart;
import org.emrelay.tables.Job;
import org.emrelay.tables.OutputDirectory;
import org.emrelay.tables.TextFile;
import org.emrelay.tables.UserFault;

/** Evaluates trained classifiers on held-out rows; writes metrics, predictions and a report page. */
public final class EvaluateClassifiers implements Job {
    private final SparkSession session;
    private final EvaluateArguments arguments;

    private EvaluateClassifiers(SparkSession session, EvaluateArguments arguments) {
        this.session = session;
        this.arguments = arguments;
    }

    public static void main(String[] arguments) {
        Job.main(EvaluateClassifiers::create, arguments);
    }

    private static EvaluateClassifiers create(String[] arguments) {
        EvaluateArguments parsed = EvaluateArguments.parse(arguments);
        return new EvaluateClassifiers(JobSession.getOrCreate(), parsed);
    }

    @Override
    public void run() {
        OutputDirectory output = OutputDirectory.requireEmpty(session, EvaluateArguments.OUTPUT, arguments.output());
        TrainedModels models = models();
        List<Chart> exploration = exploration();
        Evaluation evaluation = new ModelEvaluator(models, arguments).evaluate();
        // Written before the sanity check refits the models, in case the process does not survive it.
        output.writeText("metrics.csv", evaluation.metricsCsv());
        output.writeText("predictions.csv", evaluation.predictionsCsv());
        SanityCheck sanity = SanityCheck.notRequested();
        try {
            if (arguments.hasSanityCheck()) {
                sanity = SanityCheck.run(models, arguments);
            }
        } finally {
            write(output, evaluation.with(sanity), exploration);
        }
        Optional<UserFault> fault = sanity.fault();
        if (fault.isPresent()) {
            throw fault.get();
        }
    }

    @Override
    public void check() {
        Job.ifExists(session, arguments.training(), training -> models());
        if (!arguments.exploration().isEmpty()) {
            Job.ifExists(session, arguments.exploration(), features -> exploration());
        }
    }

    private TrainedModels models() {
        TrainedModels models = TrainedModels.load(session, EvaluateArguments.TRAINING, arguments.training());
        if (arguments.hasSanityCheck()) {
            StaticAllocationCheck.require(session.sparkContext().getConf(), EvaluateArguments.SANITY, kinds(models));
        }
        return models;
    }

    private static void write(OutputDirectory output, Evaluation evaluation, List<Chart> exploration) {
        output.writeText("metrics.json", evaluation.json());
        output.writeText("report.html", new EvaluationPage(evaluation, exploration).html());
        evaluation.print(output.path() + "/report.html");
    }

    private static List<ModelKind> kinds(TrainedModels models) {
        return models.card().models().keySet().stream().map(ModelKind::named).toList();
    }

    private List<Chart> exploration() {
        if (arguments.exploration().isEmpty()) {
            return List.of();
        }
        String uri = arguments.exploration() + "/" + Exploration.FILE;
        String text = TextFile.read(session, EvaluateArguments.EXPLORATION, uri);
        return new ExplorationCharts(Exploration.parse(EvaluateArguments.EXPLORATION, uri, text)).charts();
    }
}
