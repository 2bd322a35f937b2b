package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Target;
import org.emrelay.runner.model.Template;

/** Builds templates from parts and rejects text that must not reach a command line. */
final class TemplateBuilder {
    private final Target target;
    private final UriChecks uriChecks;
    private final Problems problems;

    TemplateBuilder(Target target, UriChecks uriChecks, Problems problems) {
        this.target = target;
        this.uriChecks = uriChecks;
        this.problems = problems;
    }

    Template build(List<Template.Part> parts, String path) {
        Template template = new Template(mergeAdjacent(parts));
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Literal literal) {
                uriChecks.checkText(literal.text(), path);
            } else if (part instanceof Template.Secret secret) {
                uriChecks.checkText(secret.text(), path);
            }
        }
        if (target == Target.EMR && template.isSecret()) {
            problems.error(
                    path,
                    "is a secret by its name, but EMR shows step arguments to everyone who can describe the cluster.",
                    "Grant access through the instance profile, or have the script read it from AWS Secrets Manager.");
        }
        return template;
    }

    /** Merges adjacent parts, so that equal text has equal parts no matter how it was composed. */
    private static List<Template.Part> mergeAdjacent(List<Template.Part> parts) {
        List<Template.Part> merged = new ArrayList<>();
        for (Template.Part part : parts) {
            Template.Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last instanceof Template.Literal before && part instanceof Template.Literal literal) {
                merged.set(merged.size() - 1, new Template.Literal(before.text() + literal.text()));
            } else if (last instanceof Template.Secret before && part instanceof Template.Secret secret) {
                merged.set(merged.size() - 1, new Template.Secret(before.text() + secret.text()));
            } else {
                merged.add(part);
            }
        }
        return merged.isEmpty() ? List.of(new Template.Literal("")) : merged;
    }
}
