package org.emrelay.runner.export.cdk;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.emrelay.runner.export.CronSchedule;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.ExportedPipeline;
import org.emrelay.runner.export.cloudformation.CloudFormationFormat;
import org.emrelay.runner.export.cloudformation.DeploymentScripts;
import org.jspecify.annotations.Nullable;

/** A TypeScript app of the AWS CDK around the CloudFormation template, to be extended by hand. */
public final class CdkFormat implements ExportFormat {
    private final CloudFormationFormat cloudFormation = new CloudFormationFormat();

    @Override
    public List<String> obstacles(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        return cloudFormation.obstacles(pipeline, schedule);
    }

    @Override
    public List<String> differences(ExportedPipeline pipeline) {
        return cloudFormation.differences(pipeline);
    }

    @Override
    public Map<String, String> files(ExportedPipeline pipeline, @Nullable CronSchedule schedule) {
        Map<String, String> exported = cloudFormation.files(pipeline, schedule);
        Map<String, String> files = new TreeMap<>();
        for (String name : List.of(CloudFormationFormat.TEMPLATE, DeploymentScripts.DELETE)) {
            files.put(name, exported.get(name));
        }
        files.put("app.ts", app(pipeline));
        files.put("cdk.json", "{\n  \"app\": \"npx ts-node app.ts\"\n}\n");
        files.put(
                "package.json", """
                {
                  "name": "%s",
                  "version": "1.0.0",
                  "private": true,
                  "dependencies": {
                    "aws-cdk-lib": "2.276.0",
                    "constructs": "^10.4.2"
                  },
                  "devDependencies": {
                    "@types/node": "^22.0.0",
                    "aws-cdk": "2.1148.1",
                    "ts-node": "^10.9.2",
                    "typescript": "~5.9.0"
                  }
                }
                """.formatted(DeploymentScripts.stack(pipeline).toLowerCase(java.util.Locale.ROOT)));
        files.put("tsconfig.json", """
                {
                  "compilerOptions": {
                    "target": "ES2022",
                    "module": "commonjs",
                    "strict": true,
                    "noEmit": true,
                    "skipLibCheck": true
                  },
                  "include": ["app.ts"]
                }
                """);
        return files;
    }

    private static String app(ExportedPipeline pipeline) {
        return """
                // The pipeline %1$s, exported by Emrelay. Constructs of your own can refer to the resources of the template:
                // stack.template.getResource("Cluster").
                import * as path from "path";
                import { App, Stack, StackProps } from "aws-cdk-lib";
                import { CfnInclude } from "aws-cdk-lib/cloudformation-include";
                import { Construct } from "constructs";

                export class PipelineStack extends Stack {
                  readonly template: CfnInclude;

                  constructor(scope: Construct, id: string, props?: StackProps) {
                    super(scope, id, props);
                    this.template = new CfnInclude(this, "Template", {
                      templateFile: path.join(__dirname, "%2$s"),
                    });
                  }
                }

                const app = new App();
                new PipelineStack(app, "%3$s");
                """.formatted(pipeline.name(), CloudFormationFormat.TEMPLATE, DeploymentScripts.stack(pipeline));
    }

    @Override
    public String instructions(ExportedPipeline pipeline) {
        boolean hasGroups = !pipeline.resources().groups().isEmpty();
        return """
                ## Run

                    ./upload.sh BUCKET
                    npm install
                    npx cdk deploy --parameters Bucket=BUCKET --parameters Subnets=SUBNET,…%1$s \\
                      --parameters Run="$(date -u +%%Y%%m%%d-%%H%%M%%S)"

                creates the stack `%2$s`: roles, security groups, the cluster and its steps. A step starts after the one before it has succeeded. Outputs are in
                `s3://BUCKET/%3$soutput/%4$s/RUN/`.

                ## Remove

                    ./delete.sh

                terminates the cluster and deletes the stack. The bucket stays, with outputs and logs. Without it, the cluster ends after its idle timeout, but
                the stack stays.
                """.formatted(
                        hasGroups ? " --parameters Vpc=VPC" : "",
                        DeploymentScripts.stack(pipeline),
                        pipeline.keyPrefix(),
                        pipeline.name());
    }
}
