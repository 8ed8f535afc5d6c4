/**
 * Spanish words that raise a question, collected for this product. Written without accents:
 * the text is folded before it is read, since many people type without them.
 */

import type { SignalWords, VoiceWords, WelcomeWords } from "./signals";

const WHO =
  "(?:(?:el|la|los|las) )?(?:maestr[oa]s?|profesor(?:a|es|as)?|profe|docentes?|alumn[oa]s?|estudiantes?|nin[oa]s?|chic[oa]s|muchach[oa]s|clase|grupo|ella|el|ellos|ellas)";

export const SPANISH_SIGNALS: SignalWords = {
  set_phrase: [
    "(?:buenas|mejores) practicas",
    "alinead[oa]s?(?: (?:con|a|al))?|alineacion|alineamiento",
    "basad[oa]s? en (?:estandares|evidencias?|la investigacion|datos)",
    "(?:cumpl(?:e|en|io|ieron)|cumplia) (?:con )?(?:el |la |los |las )?(?:estandar(?:es)?|expectativas?|norma(?:tiva)?|objetivos?|programa|protocolo)",
    "(?:segun|conforme a|de acuerdo con) (?:el |la |los |las )?(?:estandar(?:es)?|programa|protocolo|marco|norma|rubrica|normativa|curriculo)",
    "con fidelidad",
    "como se (?:exige|requiere|espera)",
    "(?:destacad[oa]|insatisfactori[oa]|satisfactori[oa])s?",
  ],
  jargon: [
    "andamiajes?|andami(?:a|o|an|aron|ar|ando)",
    "orden superior",
    "pensamiento critico",
    "taxonomia de bloom|bloom",
    "evaluacion(?:es)? formativas?",
    "discurso academico|conversacion academica",
    "mentalidad de crecimiento",
    "metacognici?[oó]n|metacognitiv[oa]s?",
    "aprendizaje (?:significativo|cooperativo|colaborativo|activo|basado en (?:proyectos|problemas|indagacion))",
    "liberacion gradual",
    "competencias? del siglo|siglo xxi",
    "agencia (?:estudiantil|del estudiante)",
    "culturalmente (?:pertinente|relevante|sensible)s?",
    "carga cognitiva|demanda cognitiva",
    "instruccion directa|practica guiada",
    "verific(?:a|o|aba|ar|acion de) (?:de )?(?:la )?comprension",
    "zona de desarrollo proximo",
    "saberes previos",
  ],
  summary: [
    "(?:des)?involucrad[oa]s?|(?:des)?enganchad[oa]s?|comprometid[oa]s?|compromiso",
    "(?:en|fuera de) (?:la )?tarea|concentrad[oa]s|enfocad[oa]s",
    "rigor|riguros[oa]s?|rigurosamente",
    "diferenci(?:acion|a|o|aba|ada|ado)(?: (?:la|su) (?:instruccion|ensenanza|clase))?",
    "(?:manejo|control|dominio|gestion) (?:de(?:l)? )?(?:la )?(?:clase|grupo|aula|salon|disciplina|conducta|tiempo)",
    "(?:bien|mal) (?:organizad|planead|planificad|estructurad|manejad|llevad|preparad|portad|ejecutad)[oa]s?",
    "(?:relacion|conexion|quimica|sintonia) con (?:los|las|sus) (?:alumn[oa]s|estudiantes|nin[oa]s)",
    "(?:ambiente|clima)(?: (?:positivo|negativo|de aprendizaje|seguro|agradable|de respeto|de confianza|acogedor|tranquilo|tenso))?",
    "(?:centrad[oa]|enfocad[oa]) en (?:el|los|la|las) (?:estudiantes?|alumn[oa]s?|maestr[oa]|docente)",
    "participativ[oa]s?|particip(?:aron|an|aban|o|acion)(?: activamente)?",
    "(?:pon(?:en|ian)|pusieron|prest(?:an|aban|aron)) (?:mucha |poca )?atencion|atent[oa]s?|atentamente",
    "colabor(?:aron|an|aban|acion|ativ[oa]s?)",
    "facilit(?:o|a|aba|acion)(?: (?:el|la))?",
    "altas expectativas|bajas expectativas",
    "caotic[oa]s?|caos|desorden(?:ad[oa]s?)?|ordenad[oa]s|disciplinad[oa]s?",
    "trabaj(?:an|aron|aban|o|a) (?:bien|duro|mucho|mal)|productiv[oa]s?",
    "aprend(?:ieron|en|io) (?:mucho|bastante|bien|poco)|hubo aprendizaje|domin(?:an|io|aron|aban) (?:el|la|los|las)",
    "ritmo (?:lento|adecuado|rapido)",
  ],
  should: [
    "deberia[ns]?(?: haber)?|debe(?:n|ria)? (?:haber|de|ser|mejorar|usar|dar|pedir|hacer|preguntar|trabajar|explicar|poner)|debio|debieron|habria que|hay que|hubiera (?:sido )?(?:mejor|bueno|conveniente)|habria (?:sido )?(?:mejor|bueno|conveniente)|seria (?:mejor|bueno|conveniente|util|ideal)|convendria|valdria la pena",
    "podria(?:n)? (?:haber )?(?:ser mejor|mejorar|usar|dar|pedir|hacer|ayudar|incluir|aprovechar)|pudo (?:haber|hacer)|(?:ayudaria|beneficiaria)n?",
    `${WHO} (?:necesita[n]?|tiene[n]? que|requiere[n]?)`,
    "hace falta|haria falta",
  ],
  advice: [
    "(?:le |les |yo )?(?:sugiero|sugerimos|recomiendo|recomendamos|aconsejo)|sugerencias?|recomendacion(?:es)?|sugeriria|recomendaria",
    "la proxima vez|para la proxima|en el futuro",
    "(?:intentar|probar|considerar|procurar|conviene|incorporar|agregar|incluir) (?:con |mas |menos |el |la |un[oa]? )?\\p{L}+",
    "(?:area|areas|oportunidad|oportunidades) de (?:mejora|crecimiento|oportunidad)|por mejorar|se puede mejorar",
    "(?:dar|usar|pedir|hacer|poner|ofrecer|permitir)(?:les|le)? mas \\p{L}+",
    "en vez de eso|en lugar de eso|mejor (?:seria|usar|hacer|pedir)",
    "necesita(?:n)? (?:mas|menos|mejorar|apoyo|trabajar)",
  ],
  absence: [
    "falt(?:o|a|aba|an|aron)(?: de)?(?! (?:un|una|dos|tres|\\d))|carec(?:e|en|ia|io)(?: de)?|carencia(?: de)?",
    "no logr(?:o|a|an|aron|aba)|no consigui(?:o|eron)|fracas(?:o|aron|a)",
    "(?:no (?:hay|hubo|habia|se (?:vio|ve|observo|observa|noto|nota|aprecia|aprecio|evidencio|evidencia))) (?:ningun[oa]? |un[oa]? )?(?:evidencias?|senal(?:es)?|indicios?|cierre|objetivos?|preguntas?|retroalimentacion|aprendizaje|participacion|conexion|oportunidad(?:es)?|interaccion|diferenciacion|rigor|discusion|dialogo|control|interes)(?: de)?",
    "sin (?:evidencia|objetivo|cierre|preguntas|retroalimentacion|control|proposito|sentido|oportunidad)",
    `(?:${WHO} )no (?:supo|pudo|dio|da|explico|explica|pregunto|verifico|atendio|atiende|atienden|apoyo|monitoreo|ofrecio|permitio|conecto|reto|usa|uso|hizo|tiene|tuvo|sabe|saben|entiende|entienden)`,
    "desaprovech(?:o|a|ada|aron)|oportunidad(?:es)? (?:perdida|desaprovechada)s?",
    "insuficiente(?:s|mente)?|no (?:lo )?suficiente(?:s|mente)?|incapa(?:z|ces)|ausencia de|ausente",
    "nunca (?:dio|pregunto|explico|verifico|hizo|pidio)|no fue(?:ron)? (?:clar[oa]s?|evidente|explicad[oa]s?)",
  ],
  comparison: [
    "mejor(?:es)?|peor(?:es)?|mejor(?:o|aron|aba|ando|amiento|a la)",
    "(?:mas|menos) (?:involucrad[oa]s?|concentrad[oa]s?|atent[oa]s?|efectiv[oa]s?|eficaz|eficaces|riguros[oa]s?|organizad[oa]s?|activ[oa]s?|motivad[oa]s?|interesad[oa]s?|interesantes?|participativ[oa]s?|callad[oa]s?|segur[oa]s?|lent[oa]s?|rapid[oa]s?|facil(?:es)?|dificil(?:es)?|avanzad[oa]s?|fuertes?|debil(?:es)?|tranquil[oa]s?|clar[oa]s?|ordenad[oa]s?|independientes?|retador[ae]?s?)(?: que)?",
    "que (?:en )?(?:el|la|los|las) (?:otr[oa]s?|anterior(?:es)?|ultim[oa]s?|demas)(?: \\p{L}+)?|comparad[oa]s? con|en comparacion(?: con)?|a diferencia de",
    "(?:por (?:encima|debajo)|arriba|abajo|debajo) (?:de(?:l)? )?(?:la |su )?(?:media|promedio|nivel|grado)|superior a|inferior a",
    "demasiad[oa]s?|muy (?:facil|dificil|lento|lenta|rapido|rapida|largo|larga|corto|corta|ruidos[oa]s?|simple)",
  ],
  mind_reading: [
    "parec(?:e|en|ia|ian|io|ieron)|al parecer|aparentemente|obviamente|evidentemente|claramente|se (?:ve|veia|ven|veian|nota|notaba|siente|sentia)n? (?:que|muy|un poco|contentos?|felices|aburrid[oa]s?|\\p{L}+[ai]d[oa]s?)",
    "(?:se )?sint(?:io|ieron)|(?<!que )se sient(?:e|en)|(?:se )?sentian?",
    "disfrut(?:a|an|aron|o|aba|aban|ando)",
    "aburrid[oa]s?|emocionad[oa]s?|confundid[oa]s?|frustrad[oa]s?|(?:des)?interesad[oa]s|(?:des)?motivad[oa]s?|content[oa]s?|feli(?:z|ces)|nervios[oa]s?|ansios[oa]s?|distraid[oa]s?|orgullos[oa]s?|(?:in)?comod[oa]s|segur[oa]s de si|insegur[oa]s?|perdid[oa]s|entusiasmad[oa]s?|sorprendid[oa]s?|cansad[oa]s?|enojad[oa]s?|molest[oa]s?|preocupad[oa]s?|asustad[oa]s?|desesperad[oa]s?",
    "(?:no )?(?:entend(?:ieron|ian|io|ia)|entiend(?:e|en)|comprend(?:e|en|ieron|io|ia|ian)|supieron|sabian?|saben|sabe que|querian?|quieren|quiso|quisieron|creen?|creian?|piensan?|pensaban?|pensaron|esperaban?|desean?|deseaban?|recordaron|olvidaron)",
    "(?:les|le) (?:gust(?:a|o|aba|an|aron|aban)|encant(?:a|o|aba|an)|interes(?:a|o|aba|an)|import(?:a|o|aba)|aburr(?:e|io|ia)|cuesta|costo|costaba|emocion(?:a|o))",
    "aburrimiento|entusiasmo|confusion|frustracion|motivacion|curiosidad|interes|emocion|malentendidos?",
    "(?:estaba[n]?|esta[n]?) (?:pensando|sonando|contentos?)",
  ],
  trait: [
    "(?:perezos|floj|talentos|inquiet|respetuos|irrespetuos|groser|maleducad|travies|tercer|rebeld|carinos|simpatic|antipatic|timid|estudios|aplicad|creativ|list|holgazan|brusc|cuidados|dedicad|apasionad|preparadisim|desorganizad|educad|pacient|bondados)[oa]s?(?! (?:para|de))",
    "(?:inteligentes?|amables?|pacientes?|impacientes?|brillantes?|capaces|incapaces|responsables?|irresponsables?|entusiastas?|rebeldes?|exigentes?|estrict[oa]s?|agresiv[oa]s?|hiperactiv[oa]s?|disruptiv[oa]s?|superdotad[oa]s?|insolentes?|torpes?|humildes?|sensibles?)",
    "(?:es|era|son|eran|fue|muy|tan|mas) (?:organizad[oa]|preparad[oa]|seri[oa]|calid[oa]|energic[oa]|fri[oa]|buen[oa] (?:maestr[oa]|docente|alumn[oa])|habil|dulce|serio|platicador(?:es|a|as)?|trabajador(?:es|a|as)?)s?",
    "(?:alumn[oa]s?|estudiantes?|nin[oa]s?|grupo|lectores) (?:baj[oa]s?|debil(?:es)?|fuertes?|lent[oa]s?|avanzad[oa]s?|problematic[oa]s?|dificil(?:es)?|flojos?|buen[oa]s|mal[oa]s)",
    "(?:buen|mal|gran|excelente) (?:maestr[oa]|profesor|docente|grupo|alumno|estudiante)|buena (?:maestra|profesora|docente|alumna|clase)",
  ],
  cause: [
    "porque (?:no )?(?:la |el |los |las |ella |le |les |se |estan?|estaban?|es|era|son|eran|tiene|tienen|quiere|quieren|queria|sabe|saben)(?:\\p{L}+)?",
    "debido a|por culpa de|a causa de|gracias a(?:l)?|por lo tanto|por eso|por ende|como resultado|en consecuencia",
    "con (?:el fin|la intencion|el proposito|el objetivo|la finalidad) de|para que (?:los |las |ell[oa]s |el |la )?(?:alumn[oa]s |estudiantes |nin[oa]s |maestr[oa] )?\\p{L}+",
    "(?:lo )?(?:que|cual) (?:provoc|caus|ocasion|permit|gener|hiz|hac|demuestr|indic|signific|ayud|logr|muestr)\\p{L}+",
    "(?:provoc|caus|ocasion)(?:a|o|aba|an|aron)|gener(?:a|o|aba) (?:interes|confusion|participacion)|llev(?:o|a) a que",
    "(?:tratando|intentando) de|intent(?:o|a|aba|aron) \\p{L}+r|trat(?:o|a|aba|aron) de|intencion(?:al|almente|es)?|intencionad[oa]s?|a proposito|deliberad(?:o|a|amente)|su (?:intencion|proposito|meta)",
    "para (?:motivar|asegurar|fomentar|promover|reforzar|lograr|mantener|involucrar|animar|despertar|evitar|ayudar|conseguir|captar|desarrollar|crear)(?:l[oae]s?)?",
    "ayud(?:a|o|aba)(?:ndo)? a (?:los|las|que|comprender|entender|aprender)",
  ],
  liking: [
    "(?:me|nos) (?:gust(?:a|o|aria|an|aron|aba|aban)|encant(?:a|o|aria|an|aron)|disgust(?:a|o)|agrad(?:a|o)|parec(?:e|io|ieron|en|ia)|molest(?:a|o)|sorprend(?:e|io)|impresion(?:a|o)|preocup(?:a|o)|llam(?:a|o) la atencion|hubiera gustado|alegr(?:a|o)|fascin(?:a|o))",
    "(?:yo )?(?:creo|pienso|opino|siento|considero|supongo|imagino|espero|sospecho) que|(?:creo|pienso)|en mi opinion|a mi (?:parecer|juicio|ver)|odio|odie|lastima que|ojala",
  ],
  value: [
    "buen(?:[oa]s?)?(?! (?:dias|tardes|noches|dia))|muy bien|bien (?:hech|explicad|dad|pensad|logrado|formulad|presentad)[oa]s?|mal (?:hech|explicad|dad|pensad|formulad|presentad)[oa]s?|mal[oa]s?(?= )|(?:se )?(?:trabajo|funciono|salio|explico|hizo|ensena|explica|funciona|maneja|manejo|dio) (?:muy )?(?:bien|mal)",
    "excelentes?|excelentemente|maravillos[oa]s?|fantastic[oa]s?|increibles?|estupend[oa]s?|magnific[oa]s?|genial(?:es)?|impresionantes?|fabulos[oa]s?|sobresalientes?|perfect[oa]s?|perfectamente|bonit[oa]s?|lind[oa]s?|hermos[oa]s?|padre|chid[oa]|espectacular(?:es)?|tremend[oa]",
    "(?:in)?efectiv[oa]s?|efectivamente|(?:in)?eficaz|(?:in)?eficaces|eficazmente|exitos[oa]s?|exitosamente|(?:in)?eficientes?|eficientemente",
    "pobres?|deficientes?|terribles?|horribles?|pesim[oa]s?|mediocres?|decepcionantes?|debil(?:es)?|lamentable(?:s|mente)?|feo|fea",
    "(?:in)?adecuad[oa]s?|adecuadamente|(?:in)?apropiad[oa]s?|significativ[oa]s?|valios[oa]s?|util(?:es)?|inutil(?:es)?|relevantes?|irrelevantes?|autentic[oa]s?|correctamente|pertinentes?",
    "interesantes?|aburrid[oa] (?:la|el)|divertid[oa]s?|tedios[oa]s?|entretenid[oa]s?|monoton[oa]s?|amen[oa]s?",
    "(?:instrucciones|indicaciones|explicacion(?:es)?|expectativas|objetivos?) (?:muy |poco |no )?(?:clar|confus)[oa]s?|poco clar[oa]s?|clar[oa]s? (?:y|e) \\p{L}+|con claridad",
    "superficial(?:es|mente)?|retador(?:a|es|as)?|desafiantes?|ric[oa] (?:discusion|conversacion)|de (?:alta |baja |buena |mala )calidad|de (?:alto|bajo) nivel",
    "afortunadamente|desafortunadamente|por suerte",
  ],
  vague: [
    "(?:un[oa]s )?(?:pocos?|pocas?)|algun(?:[oa]s)|vari[oa]s|much[oa]s|bastantes?|numeros[oa]s|divers[oa]s|(?:la )?mayoria|mayor parte|un par de|un monton(?: de)?|cas[i] (?:todos|todas|nadie|siempre)|ciert[oa]s (?:alumn[oa]s|estudiantes|nin[oa]s)|un[oa]s cuant[oa]s|la mitad mas o menos|much[oa] (?:tiempo|rato|ruido)|poco tiempo",
    "a menudo|a veces|siempre|nunca|frecuentemente|con frecuencia|rara vez|raramente|ocasionalmente|generalmente|usualmente|normalmente|constantemente|seguido|de vez en cuando|repetidamente|en ocasiones|regularmente",
    "rapido|rapida|rapidamente|lentamente|despacio|brevemente|pronto|(?:un|mucho|largo|buen|poco) (?:rato|tiempo)|enseguida|inmediatamente|eventualmente|un (?:momento|poco)|de repente",
    "mas o menos|como que|cosas|etcetera|etc|aproximadamente",
  ],
};

export const SPANISH_VOICE: VoiceWords = {
  spoken: [
    "tu|tus|ti|te|contigo|usted|ustedes|vos|tuy[oa]s?|vamos|vamonos|nosotros|nosotras|nuestr[oa]s?|yo|mi|mis|mio|mia|chicos|chicas|muchachos|mijo|mija|por favor|gracias|amor|corazon",
    "tienes|puedes|quieres|sabes|crees|piensas|ves|haces|dices|eres|estas|vas|necesitas|entiendes|hiciste|dijiste|pusiste|hicieron ustedes|podemos|tenemos|sabemos|estamos|hacemos|vemos|hicimos|dijimos|voy|tengo|puedo|quiero|necesito|estoy|hice|dije|soy|se me|a ver|fijense|miren|oigan|diganme|dime|verdad",
  ],
  opener: [
    "ok|okay|si|no,|(?:bueno|bien|muy bien|perfecto|excelente|exacto|correcto|claro|listo)(?= ?[,.!;–—-])|pues|entonces|ahora|a ver|ah|oh|ay|eh|hola|buenos dias|buenas tardes|ya|orale|andale|vale|de acuerdo|eso|que|quien|quienes|cual|cuales|como|cuando|donde|cuanto|cuantos|cuantas|por que",
    "mira|miren|escucha|escuchen|dime|diganme|saca|saquen|abre|abran|lee|lean|escribe|escriban|piensa|piensen|levanta|levanten|pon|pongan|ven|vengan|sientate|sientense|ayudame|repite|repitan|recuerda|recuerden|vamos|observen|fijate|cuenta|cuenten|trae|traigan|guarden|esperen|espera|explica(?:me)|expliquen|hagan|haz|toma|tomen|pasa|pasen|intenta(?:lo)|intentenlo|trabajen|silencio",
  ],
  framed: [
    "maestr[oa]s?|profesor(?:a|es|as)?|docentes?|alumn[oa]s?|alumnado|estudiantes|leccion|clase|instruccion|ensenanza|aula|salon|el grupo|la tarea|las tareas",
    "nin[oa]s|(?:el|la|los|las|un|una|dos|tres|cuatro|cinco|\\d+) (?:estudiantes?|nin[oa]s?|chic[oa]s?|muchach[oa]s?)",
    "(?:me|nos) (?:gusto|gustaron|encanto|parecio|parece|sorprendio|impresiono|hubiera)|(?:creo|pienso|opino|considero|observe|note|vi|escuche)(?: que)?",
  ],
  mayFrame: [
    "discusion|manejo|cierre|ambiente|clima|transicion(?:es)?|rutinas?|instrucciones|indicaciones|actividad(?:es)?|dinamica|preguntas|retroalimentacion|relacion|relaciones|ritmo|material(?:es)?|objetivos?|trabajo en equipo|participacion",
  ],
  praise: [
    "muy|bien|bueno|buena|buen|excelente|perfecto|trabajo|respuesta|pregunta|idea|hecho|que|todos|eso|es|esta|asi|super|genial|fantastico|maravilloso|correcto|si|mejor|mucho|de|nuevo|otra|vez|rapido|despacio|poco|un|mas|siempre|nunca|dias|tardes",
  ],
};

export const SPANISH_WELCOME: WelcomeWords = {
  concrete_verb: [
    "pregunt(?:a|an|o|aron)|escrib(?:e|en|io|ieron)|senal(?:a|an|o|aron)|lee|leen|leyo|leyeron|dice|dicen|dijo|dijeron|dibuj(?:a|an|o)|levant(?:a|an|o|aron)|camin(?:a|an|o)|se arrodilla|borr(?:a|an|o)|copi(?:a|an|o|aron)|cuent(?:a|an)|conto|dobl(?:a|an|o)|recort(?:a|an|o)|encierr(?:a|an)|subray(?:a|an|o|aron)|respond(?:e|en|io)|contest(?:a|an|o)|repit(?:e|en|io)|abr(?:e|en|io)|cierr(?:a|an)|muestr(?:a|an)|mostro|suma|suman|resuelv(?:e|en)|resolvio|mid(?:e|en)|midio|reparte|entrega|entregan|explica|explican|asiente|susurra",
  ],
  actor: [
    "maestr[oa]s?|profesor(?:a|es|as)?|docentes?|alumn[oa]s?|estudiantes?|nin[oa]s?|parejas?|equipos?|mesas?|grupos?|companer[oa]s?|clase|m|a|e|d",
  ],
};
