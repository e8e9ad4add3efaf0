// Events as OpenLineage's own Java client reads them: one a line in, what its typed classes say of it as one line of JSON out.

import com.fasterxml.jackson.databind.ObjectMapper;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientUtils;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Events {
    public static void main(String[] args) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ObjectMapper json = new ObjectMapper();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(json.writeValueAsString(of(OpenLineageClientUtils.runEventFromJson(line))));
        }
    }

    private static Map<String, Object> of(OpenLineage.RunEvent event) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("type", event.getEventType().name());
        out.put("time", event.getEventTime().toInstant().toString());
        out.put("run", event.getRun().getRunId().toString());
        out.put("job", event.getJob().getNamespace() + "/" + event.getJob().getName());
        OpenLineage.RunFacets run = event.getRun().getFacets();
        OpenLineage.ParentRunFacet parent = run.getParent();
        out.put("parent", parent == null ? null : parent.getRun().getRunId() + " of " + parent.getJob().getNamespace() + "/" + parent.getJob().getName());
        out.put("error", run.getErrorMessage() == null ? null : run.getErrorMessage().getMessage());
        out.put("engine", run.getProcessing_engine().getName());
        out.put("counts", run.getAdditionalProperties().containsKey("weir_counts") ? ((OpenLineage.DefaultRunFacet) run.getAdditionalProperties().get("weir_counts")).getAdditionalProperties() : null);
        out.put("processing", event.getJob().getFacets().getJobType().getProcessingType());
        List<Object> inputs = new ArrayList<>(), outputs = new ArrayList<>();
        for (OpenLineage.InputDataset input : event.getInputs()) {
            Map<String, Object> one = dataset(input.getName(), input.getFacets());
            one.put("rows", input.getInputFacets() == null ? null : input.getInputFacets().getInputStatistics().getRowCount());
            inputs.add(one);
        }
        for (OpenLineage.OutputDataset output : event.getOutputs()) {
            Map<String, Object> one = dataset(output.getName(), output.getFacets());
            one.put("rows", output.getOutputFacets().getOutputStatistics().getRowCount());
            one.put("version", output.getFacets().getVersion() == null ? null : output.getFacets().getVersion().getDatasetVersion());
            OpenLineage.ColumnLineageDatasetFacet lineage = output.getFacets().getColumnLineage();
            if (lineage != null) {
                Map<String, Object> columns = new LinkedHashMap<>();
                lineage.getFields().getAdditionalProperties().forEach((name, from) -> {
                    OpenLineage.InputField field = from.getInputFields().get(0);
                    OpenLineage.InputFieldTransformations how = field.getTransformations().get(0);
                    columns.put(name, how.getType() + " " + how.getSubtype() + (how.getMasking() ? " masked from " : " from ") + field.getField());
                });
                one.put("columns", columns);
                one.put("indirect", lineage.getDataset() == null ? 0 : lineage.getDataset().size());
            }
            outputs.add(one);
        }
        out.put("inputs", inputs);
        out.put("outputs", outputs);
        return out;
    }

    private static Map<String, Object> dataset(String name, OpenLineage.DatasetFacets facets) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", name);
        one.put("type", facets.getDatasetType().getDatasetType());
        one.put("source", facets.getDataSource().getUri().toString());
        one.put("leaves", facets.getSchema() == null ? 0 : leaves(facets.getSchema().getFields()));
        return one;
    }

    private static int leaves(List<OpenLineage.SchemaDatasetFacetFields> fields) {
        int sum = 0;
        for (OpenLineage.SchemaDatasetFacetFields field : fields) {
            boolean inner = field.getFields() != null && !field.getFields().isEmpty();
            sum += inner ? leaves(field.getFields()) : 1;
        }
        return sum;
    }
}
