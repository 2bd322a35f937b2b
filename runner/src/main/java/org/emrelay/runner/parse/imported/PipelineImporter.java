package org.emrelay.runner.parse.imported;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.parse.CommandConversion;
import org.jspecify.annotations.Nullable;

/** Converts the files of another tool to a pipeline and its cluster. */
public final class PipelineImporter {
    /** The comment in our own exports. */
    private static final Pattern EXPORTED = Pattern.compile("The pipeline (\\S+), exported by Emrelay");

    private static final String BUNDLE = "bundle";

    private final List<ImportedFile> files;
    private final BundleFiles bundle;
    private final ImportNotices notices = new ImportNotices();
    private final EmrStepReader stepReader = new EmrStepReader(notices);
    private final DocumentSorter documents = new DocumentSorter();

    private PipelineImporter(List<ImportedFile> files, Path target) {
        this.files = List.copyOf(files);
        this.bundle = new BundleFiles(
                files.stream()
                        .map(file ->
                                Objects.requireNonNull(file.path().getParent()).resolve(BUNDLE))
                        .toList(),
                target);
    }

    /** Prepares the text of a file before it is parsed. */
    public static String prepared(String json) {
        return DeploymentValues.prepared(json);
    }

    /**
     * Converts the files.
     *
     * @param target the absolute directory of the converted files
     * @throws IllegalArgumentException with a sentence, if there is nothing to import
     */
    public static ImportedPipeline convert(List<ImportedFile> files, Path target) {
        return new PipelineImporter(files, target).convert();
    }

    private ImportedPipeline convert() {
        files.forEach(file -> documents.add(file.name(), JsonTree.of(file.content())));
        OrderedSteps steps = new OrderedSteps();
        JsonTree request = documents.cluster();
        if (!documents.machine().isEmpty()) {
            StateMachineReader machine = new StateMachineReader(notices, stepReader);
            machine.read(documents.machine());
            steps = machine.steps();
            request = machine.cluster().isEmpty() ? request : machine.cluster();
        }
        addListed(steps, request);
        Map<String, Object> cluster = ClusterConversion.convert(request, bundle, notices);
        List<Map<String, Object>> converted = StepsConversion.convert(
                steps, ClusterConversion.defaultDeployMode(request), stepReader.cleared(), bundle, notices);
        if (converted.isEmpty()
                && (cluster.isEmpty()
                        || documents.hasSteps()
                        || !documents.machine().isEmpty())) {
            throw new IllegalArgumentException(nothingToImport());
        }
        Map<String, Object> content = converted.isEmpty() ? Map.of() : content(converted, request);
        if (exported().matches() && Objects.equals(cluster.get("Name"), content.get("name"))) {
            // A cluster without a name gets that of the pipeline.
            cluster.remove("Name");
        }
        return new ImportedPipeline(content, cluster, notices.allLost(), notices.allChanged());
    }

    /** EMR runs listed steps one after another, unless the cluster runs several at a time. */
    private void addListed(OrderedSteps steps, JsonTree request) {
        boolean inParallel = request.get("StepConcurrencyLevel").integer().orElse(1L) > 1;
        int number = 1;
        for (JsonTree listed : documents.steps()) {
            BitSet previous = new BitSet();
            if (!inParallel && steps.size() > 0) {
                previous.set(steps.size() - 1);
            }
            stepReader.read(listed, "step " + number++).ifPresent(step -> steps.add(step, previous));
        }
    }

    private String nothingToImport() {
        List<String> reasons = notices.allLost();
        String shown = reasons.isEmpty() ? "" : " " + String.join(" ", reasons.subList(0, Math.min(3, reasons.size())));
        return files.get(0).name() + " has no step that runs spark-submit on EMR." + shown;
    }

    private Map<String, Object> content(List<Map<String, Object>> steps, JsonTree request) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("name", name(request));
        Map<String, Object> defaults = SharedSettings.extract(steps);
        DeploymentValues values = new DeploymentValues();
        Object referring = values.referring(steps);
        Object referringDefaults = values.referring(defaults);
        if (!values.parameters().isEmpty()) {
            Map<String, @Nullable Object> parameters = new LinkedHashMap<>();
            values.parameters().forEach((name, source) -> {
                parameters.put(name, null);
                notices.changed(
                        "parameters." + name,
                        "the value of " + ImportNotices.shortened(DeploymentValues.token(source))
                                + ". Set it in the file or with -p.");
            });
            content.put("parameters", parameters);
        }
        if (!defaults.isEmpty()) {
            content.put("defaults", Objects.requireNonNull(referringDefaults));
        }
        content.put("steps", Objects.requireNonNull(referring));
        return content;
    }

    private Matcher exported() {
        return EXPORTED.matcher(documents.machine().get("Comment").text().orElse(""));
    }

    private String name(JsonTree request) {
        Matcher exported =
                EXPORTED.matcher(documents.machine().get("Comment").text().orElse(""));
        String file = String.valueOf(files.get(0).path().getFileName()).replaceFirst("(\\.asl)?\\.json$", "");
        String name = exported.matches()
                ? exported.group(1)
                : !documents.machineName().isEmpty()
                        ? documents.machineName()
                        : request.get("Name")
                                .text()
                                .filter(text -> !DeploymentValues.hasToken(text))
                                .orElse(file);
        return CommandConversion.stepName(DeploymentValues.visible(name));
    }
}
