package org.emrelay.runner.cli;

import java.util.Locale;
import org.emrelay.runner.export.ExportFormat;
import org.emrelay.runner.export.airflow.AirflowFormat;
import org.emrelay.runner.export.cdk.CdkFormat;
import org.emrelay.runner.export.cloudformation.CloudFormationFormat;
import org.emrelay.runner.export.stepfunctions.StepFunctionsFormat;
import org.emrelay.runner.export.terraform.TerraformFormat;

/** The formats of exports, by their names on the command line. */
enum ExportTarget {
    AIRFLOW,
    STEP_FUNCTIONS,
    CLOUDFORMATION,
    CDK,
    TERRAFORM;

    ExportFormat format() {
        return switch (this) {
            case AIRFLOW -> new AirflowFormat();
            case STEP_FUNCTIONS -> new StepFunctionsFormat();
            case CLOUDFORMATION -> new CloudFormationFormat();
            case CDK -> new CdkFormat();
            case TERRAFORM -> new TerraformFormat();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
