import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/**
 * Says where an ontology leaves OWL 2 DL, whether it contradicts itself, and which of its classes can have
 * no member. One line for each, sorted by the test; nothing where all is well. Argument: a file in RDF/XML.
 */
public class CheckOntology {
    public static void main(String[] arguments) throws Exception {
        OWLOntology ontology =
                OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(new File(arguments[0]));
        System.out.println("axioms: " + ontology.getAxiomCount());
        for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
            System.out.println("not OWL 2 DL: " + violation);
        }
        Reasoner reasoner = new Reasoner(ontology);
        if (!reasoner.isConsistent()) {
            System.out.println("inconsistent");
            return;
        }
        for (OWLClass empty : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
            System.out.println("empty class: " + empty.getIRI());
        }
    }
}
