//! What annotators' labels are read as: weir's own classes by their names, labels of well-known
//! corpora and tools by a table, and others by a file of the person who evaluates.

use super::Misfit;
use crate::phi::Class;
use std::collections::BTreeMap;

/// Labels of well-known corpora and tools. Where weir has no class and 45 CFR 164.514(b)(2)(i) names no
/// identifier (a profession, a word for a relative), a label is read as `not_phi`.
const KNOWN: &[(&str, &[(&str, Class)])] = &[
    (
        "MEDDOCAN",
        &[
            ("NOMBRE_SUJETO_ASISTENCIA", Class::PersonName),
            ("NOMBRE_PERSONAL_SANITARIO", Class::ProviderName),
            ("FAMILIARES_SUJETO_ASISTENCIA", Class::NotPhi),
            ("EDAD_SUJETO_ASISTENCIA", Class::Age),
            ("SEXO_SUJETO_ASISTENCIA", Class::Sex),
            ("FECHAS", Class::Date),
            ("PROFESION", Class::NotPhi),
            ("CALLE", Class::Street),
            ("TERRITORIO", Class::City),
            ("PAIS", Class::Country),
            ("HOSPITAL", Class::Organization),
            ("CENTRO_SALUD", Class::Organization),
            ("INSTITUCION", Class::Organization),
            ("NUMERO_TELEFONO", Class::Phone),
            ("NUMERO_FAX", Class::Fax),
            ("CORREO_ELECTRONICO", Class::Email),
            ("URL_WEB", Class::Url),
            ("DIREC_PROT_INTERNET", Class::Ip),
            ("ID_SUJETO_ASISTENCIA", Class::Mrn),
            ("ID_CONTACTO_ASISTENCIAL", Class::UniqueId),
            ("ID_ASEGURAMIENTO", Class::MemberId),
            ("NUMERO_BENEF_PLAN_SALUD", Class::MemberId),
            ("ID_TITULACION_PERSONAL_SANITARIO", Class::License),
            ("ID_EMPLEO_PERSONAL_SANITARIO", Class::UniqueId),
            ("OTRO_NUMERO_IDENTIF", Class::UniqueId),
            ("IDENTIF_VEHICULOS_NRSERIE_PLACAS", Class::Vehicle),
            ("IDENTIF_DISPOSITIVOS_NRSERIE", Class::Device),
            ("IDENTIF_BIOMETRICOS", Class::Biometric),
        ],
    ),
    (
        "i2b2 2014",
        &[
            ("PATIENT", Class::PersonName),
            ("NAME", Class::PersonName),
            ("DOCTOR", Class::ProviderName),
            ("USERNAME", Class::UniqueId),
            ("PROFESSION", Class::NotPhi),
            ("DEPARTMENT", Class::Organization),
            ("LOCATION_OTHER", Class::City),
            ("MEDICALRECORD", Class::Mrn),
            ("HEALTHPLAN", Class::MemberId),
            ("IPADDR", Class::Ip),
            ("IPADDRESS", Class::Ip),
            ("BIOID", Class::Biometric),
            ("ID", Class::UniqueId),
            ("IDNUM", Class::UniqueId),
        ],
    ),
    (
        "Presidio",
        &[
            ("PERSON", Class::PersonName),
            ("PHONE_NUMBER", Class::Phone),
            ("EMAIL_ADDRESS", Class::Email),
            ("IP_ADDRESS", Class::Ip),
            ("MAC_ADDRESS", Class::Device),
            ("DATE_TIME", Class::Date),
            ("LOCATION", Class::City),
            ("NRP", Class::NotPhi),
            ("CREDIT_CARD", Class::Card),
            ("CRYPTO", Class::Account),
            ("IBAN_CODE", Class::Iban),
            ("MEDICAL_LICENSE", Class::License),
            ("US_BANK_NUMBER", Class::Account),
            ("US_DRIVER_LICENSE", Class::DriverLicense),
            ("US_ITIN", Class::Itin),
            ("US_MBI", Class::Mbi),
            ("US_NPI", Class::Npi),
            ("US_PASSPORT", Class::Passport),
            ("US_SSN", Class::Ssn),
            ("UK_NHS", Class::NhsNumber),
        ],
    ),
];

/// What labels are read as.
#[derive(Debug, Default)]
pub struct Labels {
    own: BTreeMap<String, Class>,
}

impl Labels {
    /// Reads a file with a label and a class on each line; it goes before the table. Empty lines and
    /// lines that begin with `#` say nothing.
    pub fn read(text: &str) -> Result<Labels, Misfit> {
        let mut own = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            let misfit = |what| Misfit { line: n + 1, what };
            let words: Vec<_> = line.split_whitespace().collect();
            match words[..] {
                [] => {}
                [first, ..] if first.starts_with('#') => {}
                [label, class] => {
                    let class =
                        Class::from_name(class).ok_or(misfit("its second word is no class"))?;
                    if own.insert(fold(label), class).is_some() {
                        return Err(misfit("its label was given before"));
                    }
                }
                _ => return Err(misfit("it has no two words, a label and a class")),
            }
        }
        Ok(Labels { own })
    }

    /// The class that a label is read as; case, and which mark joins its words, say nothing.
    pub fn class(&self, label: &str) -> Option<Class> {
        let label = fold(label);
        let known = || KNOWN.iter().flat_map(|(_, table)| *table);
        self.own
            .get(&label)
            .copied()
            .or_else(|| Class::from_name(&label.to_ascii_lowercase()))
            .or_else(|| known().find(|(name, _)| *name == label).map(|(_, class)| *class))
    }
}

fn fold(label: &str) -> String {
    let join = |c: char| if "-.:/ ".contains(c) { '_' } else { c.to_ascii_uppercase() };
    label.chars().map(join).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_as_classes() {
        let labels = Labels::default();
        assert_eq!(labels.class("person_name"), Some(Class::PersonName));
        assert_eq!(labels.class("Street"), Some(Class::Street));
        assert_eq!(labels.class("location-other"), Some(Class::City));
        assert_eq!(labels.class("US_SSN"), Some(Class::Ssn));
        assert_eq!(labels.class("OTROS_SUJETO_ASISTENCIA"), None);
        let own = Labels::read("# ours\n\nPERSON provider_name\nWARD  not_phi\n").unwrap();
        assert_eq!(own.class("person"), Some(Class::ProviderName), "the file goes first");
        assert_eq!(own.class("ward"), Some(Class::NotPhi));
        for (text, line) in [("A city\nB town", 2), ("A", 1), ("A city x", 1), ("A city\na zip", 2)]
        {
            assert_eq!(Labels::read(text).unwrap_err().line, line, "{text}");
        }
    }

    #[test]
    fn no_label_of_the_table_has_two_classes_or_is_spelt_so_that_nothing_finds_it() {
        let mut all: Vec<_> = KNOWN.iter().flat_map(|(_, table)| *table).collect();
        for (name, class) in &all {
            assert_eq!(Labels::default().class(name), Some(*class), "{name}");
        }
        all.sort();
        assert!(all.windows(2).all(|two| two[0].0 != two[1].0));
    }
}
