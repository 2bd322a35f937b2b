package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import org.emrelay.runner.model.Argument;

/** Builds templates from parts and rejects text that must not reach a command line. */
record TemplateBuilder(PlatformRules rules, UriChecks uriChecks, Problems problems) {

    Argument build(List<Argument.Part> parts, String path) {
        Argument template = new Argument(mergeAdjacent(parts));
        for (Argument.Part part : template.parts()) {
            if (part instanceof Argument.Literal literal) {
                uriChecks.checkText(literal.text(), path);
            } else if (part instanceof Argument.Secret secret) {
                uriChecks.checkText(secret.text(), path);
            }
        }
        if (rules.showsArguments() && template.isSecret()) {
            problems.error(
                    path,
                    "is a secret by its name, but EMR shows step arguments to everyone who can describe the cluster.",
                    "Grant access through the instance profile, or have the script read it from AWS Secrets Manager.");
        }
        return template;
    }

    /** Merges adjacent parts, so that equal text has equal parts no matter how it was composed. */
    private static List<Argument.Part> mergeAdjacent(List<Argument.Part> parts) {
        List<Argument.Part> merged = new ArrayList<>();
        for (Argument.Part part : parts) {
            Argument.Part last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last instanceof Argument.Literal before && part instanceof Argument.Literal literal) {
                merged.set(merged.size() - 1, new Argument.Literal(before.text() + literal.text()));
            } else if (last instanceof Argument.Secret before && part instanceof Argument.Secret secret) {
                merged.set(merged.size() - 1, new Argument.Secret(before.text() + secret.text()));
            } else {
                merged.add(part);
            }
        }
        return merged.isEmpty() ? List.of(new Argument.Literal("")) : merged;
    }
}
